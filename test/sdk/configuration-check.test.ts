import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { unknownKeys } from "../../sdk/configuration-check";
import { REPOSITORY } from "./support";

const CHECK = path.join(REPOSITORY, "dist", "sdk", "configuration-check");
const SDK = path.join(REPOSITORY, "dist", "sdk");

/** Messages of a program with this configuration, without an engine. */
function said(project: string, ...keys: string[]): string {
  const call = `warnOfConfiguration(${JSON.stringify(project)}, ${JSON.stringify(keys)})`;
  const { stderr } = spawnSync(process.execPath, ["-e", `require(${JSON.stringify(CHECK)}).${call}`], {
    encoding: "utf8",
  });
  return stderr;
}

describe("the check of the configuration", () => {
  it("names the keys of the namespace that nobody reads, and those that may be meant", () => {
    const keys = [
      "video-analysis:region",
      "video-analysis:regoin",
      "video-analysis:somethingElse",
      "site:regoin",
    ];
    assert.deepEqual(unknownKeys(keys), ["regoin", "somethingElse"]);
    const text = said("site", ...keys);
    assert.match(text, /`video-analysis:regoin` .*did you mean `video-analysis:region`\?/);
    assert.match(text, /`video-analysis:somethingElse` .*no effect\.\n/);
    assert.doesNotMatch(text, /site:regoin|`video-analysis:region` in/);
    assert.equal(said("site", "video-analysis:region", "site:x"), "");
  });

  it("says a project of the namespace's name that its own keys are the provider's", () => {
    const text = said("video-analysis", "video-analysis:region", "video-analysis:colour");
    assert.match(text, /has the name "video-analysis".*video-analysis:region.*Rename/);
    assert.doesNotMatch(text, /did you mean/);
    assert.equal(said("video-analysis", "aws:region"), "");
  });

  it("names arguments of a provider that nobody reads", () => {
    const pulumi = JSON.stringify(path.join(REPOSITORY, "node_modules", "@pulumi", "pulumi"));
    const mocks = `{ call: () => ({}), newResource: (args) => ({ id: "x", state: args.inputs }) }`;
    const script = `require(${pulumi}).runtime.setMocks(${mocks}).then(() => {
      const va = require(${JSON.stringify(SDK)});
      new va.Provider("other", { regoin: "eu-de", region: "eu-de" });
    });`;
    const { stderr, stdout } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    assert.match(stderr + stdout, /`regoin` in the arguments of provider "other" .*did you mean `region`\?/);
  });
});
