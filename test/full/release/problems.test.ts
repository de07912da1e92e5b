import assert from "node:assert/strict";
import { problemsOf, type Repository } from "../../../tools/release/problems";

const ready: Repository = {
  branch: "main",
  status: "",
  tags: ["v0.9.0"],
  version: "1.0.0",
  changelog:
    "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2030-01-31\n\n### Added\n\n## [0.9.0] - 2029-01-31\n",
  golden: ["0.9.0", "1.0.0"],
};

describe("npm run release", () => {
  it("has nothing against a clean main whose changelog has the version", () => {
    assert.deepEqual(problemsOf(ready), []);
  });

  const refused: Readonly<Record<string, Partial<Repository>>> = {
    "another branch": { branch: "feature" },
    "changes that are not committed": { status: " M package.json\n" },
    "a version that has a tag": { tags: ["v1.0.0"] },
    "a changelog without the version": { changelog: "# Changelog\n\n## [Unreleased]\n" },
    "a changelog whose entry has no day": { changelog: "## [1.0.0]\n" },
    "a changelog whose latest version is another": {
      changelog: "## [1.1.0] - 2030-02-01\n\n## [1.0.0] - 2030-01-31\n",
    },
    "a version without golden states": { golden: ["0.9.0"] },
  };
  for (const [title, change] of Object.entries(refused)) {
    it(`refuses ${title}`, () => assert.equal(problemsOf({ ...ready, ...change }).length, 1));
  }
});
