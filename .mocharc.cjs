// The fast tier: every test outside of test/full. The full one is `.mocharc.full.cjs`.
process.env.VIDEO_ANALYSIS_TEST_SEED ??= String(Math.floor(Math.random() * 2 ** 31));

// To files named as arguments mocha would add those of its settings.
const isNamed = process.argv.slice(2).some((argument) => argument.includes("dist/test/"));

module.exports = {
  spec: isNamed ? [] : ["dist/test"],
  ignore: isNamed ? [] : ["dist/test/full/**"],
  recursive: true,
  extension: ["test.js"],
  require: ["dist/test/support/tier.js"],
  reporter: "dist/test/support/totals-reporter.js",
  parallel: true,
  // Tests wait for the processes that they start: two at a time leave a sixth of two cores idle.
  jobs: 3,
  timeout: 180_000,
  // Thousands of tests with real processes share two cores: one that failed is run again, and named at the end.
  retries: Number(process.env.VIDEO_ANALYSIS_TEST_RETRIES ?? 0),
  forbidOnly: true,
  "enable-source-maps": true,
};
