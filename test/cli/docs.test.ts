/** docs/drift.md: its options, schema and ignore file. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { parse } from "yaml";
import { parseIgnoreFile } from "../../cli/commands/drift/report/ignore-file";
import { defineDrift } from "../../cli/commands/drift/options";
import { reportJsonSchema, REPORT_VERSION } from "../../cli/commands/drift/report/schema";

const docs = path.resolve(__dirname, "../../../docs");
const guide = readFileSync(path.join(docs, "drift.md"), "utf8");
const yamlBlocks = [...guide.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = ""]) => text);

/** Names of all members in a JSON Schema. */
function members(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {} } = schema as { properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(members)];
}

describe("docs/drift.md", () => {
  const options = defineOptions();

  it("names every member of the report, and its version", () => {
    const missing = members(reportJsonSchema()).filter((name) => !new RegExp(`[\`.]${name}\\b`).test(guide));
    assert.deepEqual(
      [...new Set(missing)].filter((name) => !/^(?:properties|type)$/.test(name)),
      [],
    );
    assert.ok(guide.includes(`\`schemaVersion\` is ${REPORT_VERSION}.`));
  });

  it("has the JSON Schema beside it, as the code has it", () => {
    const written: unknown = JSON.parse(readFileSync(path.join(docs, "drift.schema.json"), "utf8"));
    assert.deepEqual(written, JSON.parse(JSON.stringify(reportJsonSchema())));
  });

  it("names every option, and its examples use no other", () => {
    assert.deepEqual(
      options.filter((flag) => !guide.includes(`\`${flag}`)),
      [],
    );
    const used = [...guide.matchAll(/npx video-analysis drift (.*)$/gm)].flatMap(
      ([, text = ""]) => text.match(/--[a-z-]+/g) ?? [],
    );
    assert.ok(used.length > 5);
    assert.deepEqual(
      used.filter((flag) => !options.includes(flag)),
      [],
    );
  });

  it("shows an ignore file that is one, and workflows that are YAML", async () => {
    const [ignore = "", ...workflows] = yamlBlocks;
    assert.equal((await parseIgnoreFile(ignore, "docs")).length, 1);
    assert.deepEqual(
      workflows.map((text) => Object.keys(parse(text) as object)),
      [
        ["name", "on", "permissions", "jobs"],
        ["drift", "pages"],
      ],
    );
  });
});

function defineOptions(): string[] {
  const program = new Command();
  defineDrift(program, () => Promise.resolve());
  return program.commands.flatMap(({ options }) => options.map(({ long }) => long ?? ""));
}
