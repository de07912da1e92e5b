import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { environmentSources } from "../../provider/services/auth/configuration";
import { ERROR_CODES } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import { DEFAULT_MAX_CONCURRENCY, DEFAULT_MAX_RETRIES } from "../../provider/services/http/transport";
import { stateAlone, summaryState, waitVerdict } from "../../provider/core/state/run-state";
import { stateVersionOf } from "../../provider/core/state/versions";
import { batchTask } from "../../provider/services/batch-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { WAIT_FOR } from "../../provider/core/schema/common";
import { RESOURCES } from "../../provider/services";
import { referencePages } from "../../tools/docs/pages";
import { registryPages } from "../../tools/docs/registry-pages";
import { CONFIGURATION } from "../../provider/services/configuration";
import { PROGRAM_ERROR_CODES } from "../../sdk/errors";

const root = path.resolve(__dirname, "../../..");

describe("docs/errors.md", () => {
  const sections = readFileSync(path.join(root, "docs", "errors.md"), "utf8")
    .split(/^## /m)
    .slice(1);

  it("has a section for each code, in the order of the alphabet, and for nothing else", () => {
    const headings = sections.map((section) => section.split("\n", 1)[0]);
    assert.deepEqual(headings, [...new Set([...ERROR_CODES, ...PROGRAM_ERROR_CODES])].sort());
  });

  it("has cause and remedy in each", () => {
    for (const section of sections) assert.match(section, /\*\*Cause:\*\*[^]+\*\*Remedy:\*\*/);
  });
});

describe("docs/credentials.md", () => {
  const text = readFileSync(path.join(root, "docs", "credentials.md"), "utf8");
  const rows = text.matchAll(/^\| `(\w+)` +\|([^|]*)\|([^|]*)\|$/gm);
  const variables = [...rows].flatMap(([, key = "", ...cells]) =>
    cells.flatMap((cell) =>
      [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, variable = ""]) => ({ key, variable })),
    ),
  );

  it("names variables that fill in just what it says", () => {
    assert.ok(variables.length > 30);
    for (const { key, variable } of variables) {
      const sources = environmentSources({ [variable]: "value" });
      const found = sources
        .map((source) => source.get(key as "region"))
        .filter((value) => value !== undefined);
      assert.deepEqual([variable, found], [variable, ["value"]]);
    }
  });
});

describe("docs/concepts.md", () => {
  const text = readFileSync(path.join(root, "docs", "concepts.md"), "utf8");
  const states = [...text.matchAll(/^\| (`[A-Z_]+`|any other) +\|.*\|$/gm)].map(([line, first = ""]) => {
    const cells = line.split("|").map((cell) => cell.trim());
    return { state: first === "any other" ? "NEW_STATE" : first.slice(1, -1), told: cells.slice(3, 7) };
  });

  it("says of each state what the code makes of it", () => {
    for (const { state, told } of states) {
      const task = { id: "1", name: "n", args: {}, outputFields: {}, state };
      const found = WAIT_FOR.map((waitFor) => waitVerdict(task, waitFor));
      assert.deepEqual([state, ...told], [state, stateAlone(task) ?? "either", ...found]);
    }
  });

  it("has all states, the most urgent first", () => {
    assert.equal(states.length, 19);
    for (const [index, { state }] of states.entries()) {
      assert.equal(
        summaryState(
          states
            .slice(index)
            .map(({ state: other }) => other)
            .reverse(),
        ),
        state,
      );
    }
  });
});

describe("docs/upgrading.md", () => {
  it("has the version of the recorded shape", () => {
    const text = readFileSync(path.join(root, "docs", "upgrading.md"), "utf8");
    const versions = new Set(
      Object.values(RESOURCES)
        .map(({ definition }) => definition)
        .map(stateVersionOf),
    );
    assert.deepEqual([/; it is (\d+) of all resources/.exec(text)?.[1]], [...versions].map(String));
  });
});

describe("the pages for the Pulumi Registry", () => {
  for (const [name, text] of registryPages()) {
    it(`docs/${name} is as npm run reference writes it, and stands alone`, () => {
      assert.equal(readFileSync(path.join(root, "docs", name), "utf8"), text);
      assert.match(text, /^---\ntitle: .+\nmeta_desc: .+\nlayout: package\n---\n/);
      assert.doesNotMatch(text, /\]\((?!https:)/);
      assert.doesNotMatch(text, /\n\n\n/);
    });
  }

  it("have every key of the configuration, and a program in each language", () => {
    const pages = registryPages();
    for (const key of Object.keys(CONFIGURATION)) {
      assert.ok(pages.get("installation-configuration.md")?.includes(`\`video-analysis:${key}\``), key);
    }
    const blocks = [...(pages.get("_index.md") ?? "").matchAll(/choosable language (\w+) %}}\n\n```\1\n/g)];
    assert.deepEqual(
      blocks.map(([, language]) => language),
      ["typescript", "python", "yaml"],
    );
  });
});

describe("docs/reference", () => {
  const folder = path.join(root, "docs", "reference");
  const pages = referencePages();

  it("has the pages that npm run reference writes, and no other", () => {
    assert.deepEqual(readdirSync(folder).sort(), [...pages.keys()].sort());
  });

  for (const [name, text] of pages) {
    it(`${name} is as npm run reference writes it`, () => {
      assert.equal(readFileSync(path.join(folder, name), "utf8"), text);
    });
  }

  it("names the arguments that are replaced in some cases only", () => {
    const input = (...urls: string[]) => ({ input: { type: "url", data: urls.map((url) => ({ url })) } });
    const replacingUpdates = (olds: PropertyMap, news: PropertyMap) =>
      videoAnalysisJob.replacingUpdates(olds, news);
    assert.deepEqual(replacingUpdates(input("a"), input("b")), []);
    const replaced = [
      replacingUpdates(input("a"), input("a", "b")),
      replacingUpdates({ ...input("a"), timing: { type: "daily" } }, input("a")),
      replacingUpdates({ ...input("a"), serviceConfig: { common: { a: 1 } } }, input("a")),
    ].flat();
    assert.deepEqual(replaced, Object.keys(RESOURCES.VideoAnalysisJob.conditionalUpdates ?? {}));
    assert.deepEqual(batchTask.replacingUpdates({ schedule: {} }, {}), []);
  });

  it("has the defaults that the code has", () => {
    assert.equal(CONFIGURATION.maxRetries.defaultsTo, String(DEFAULT_MAX_RETRIES));
    assert.equal(CONFIGURATION.maxConcurrency.defaultsTo, String(DEFAULT_MAX_CONCURRENCY));
  });
});
