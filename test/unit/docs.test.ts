import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { environmentSources } from "../../provider/auth/configuration";
import { ERROR_CODES } from "../../provider/common/errors";
import { driftPage } from "../../scripts/reference/drift-page";
import { PROGRAM_ERROR_CODES } from "../../sdk/errors";

const root = path.resolve(__dirname, "../../..");

describe("docs/errors.md", () => {
  const sections = readFileSync(path.join(root, "docs", "errors.md"), "utf8")
    .split(/^## /m)
    .slice(1);

  it("has a section for each code, in the order of the alphabet, and for nothing else", () => {
    const headings = sections.map((section) => section.split("\n", 1)[0]);
    assert.deepEqual(headings, [...ERROR_CODES, ...PROGRAM_ERROR_CODES].sort());
  });

  it("tells cause and remedy in each", () => {
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

describe("docs/reference/drift.md", () => {
  it("is as npm run reference writes it", () => {
    const written = readFileSync(path.join(root, "docs", "reference", "drift.md"), "utf8");
    assert.equal(written, driftPage());
  });
});
