/** YAML and JSON in the pages, and the configuration keys that they and the texts name. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { CONFIGURATION } from "../../provider/services/configuration";
import { blocksOf, pages, REPOSITORY } from "./pages";

/** Pictures of `mermaid` and plain text are looked at by people only. */
const LANGUAGES = ["", "bash", "json", "mermaid", "python", "sh", "text", "ts", "typescript", "yaml"];

describe("data in the pages", () => {
  it("is in blocks of languages that are tested", () => {
    const all = pages.flatMap(({ blocks }) => blocks);
    assert.deepEqual(
      all.filter(({ language }) => !LANGUAGES.includes(language)),
      [],
    );
  });

  for (const { place, text } of blocksOf("yaml")) {
    it(`is YAML: ${place}`, () => {
      const problems = parseAllDocuments(text).flatMap(({ errors, warnings }) => [...errors, ...warnings]);
      assert.deepEqual(problems, []);
    });
  }

  for (const { place, text } of blocksOf("json")) {
    it(`is JSON: ${place}`, () => {
      JSON.parse(text);
    });
  }

  it("names configuration keys that exist", () => {
    const used = pages.flatMap(({ file }) => {
      const text = readFileSync(path.join(REPOSITORY, file), "utf8");
      return [...text.matchAll(/\bvideo-analysis:([a-z]\w*)\b(?!:)/g)].map(([, key = ""]) => ({ file, key }));
    });
    assert.ok(used.length > 10);
    assert.deepEqual(
      used.filter(({ key }) => !Object.hasOwn(CONFIGURATION, key)),
      [],
    );
  });
});
