// The full tier: every test, with more draws of each property and the whole fault matrix.
process.env.VIDEO_ANALYSIS_TEST_TIER = "full";

module.exports = { ...require("./.mocharc.cjs"), ignore: [] };
