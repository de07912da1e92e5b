/** docs/existing-tasks.md: its commands, options and values. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { Command } from "commander";
import { defineImport, type ImportOptions } from "../../cli/commands/import/options";
import { parseSelected } from "../../cli/commands/import/selection";
import { parseValues, suppliedBy } from "../../cli/commands/import/values";
import { unrecorded, withoutUnreadable } from "../../provider/core/drift/unreadable";
import { batchTask } from "../../provider/services/batch-task/definition";

const docs = path.resolve(__dirname, "../../../docs");
const guide = readFileSync(path.join(docs, "existing-tasks.md"), "utf8");

/** The texts of the code blocks of a language, without the indent of lists. */
const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)^ *\`\`\`$`, "gms"))].map(
    ([, indent = "", text = ""]) => text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  );

async function parsed(line: string): Promise<ImportOptions> {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const program = new Command().exitOverride();
  let options: ImportOptions | undefined;
  defineImport(program, (given) => {
    options = given;
    return Promise.resolve();
  });
  await program.parseAsync(words.slice(words.indexOf("import")), { from: "user" });
  assert.ok(options !== undefined);
  return options;
}

describe("docs/existing-tasks.md", () => {
  const lines = blocks("bash").flatMap((text) => text.split("\n"));

  it("names every option", () => {
    const program = new Command();
    defineImport(program, () => Promise.resolve());
    const flags = program.commands.flatMap(({ options }) => options.map(({ long }) => long ?? ""));
    assert.ok(flags.length > 10);
    assert.deepEqual(
      flags.filter((flag) => !guide.includes(`\`${flag}`)),
      [],
    );
  });

  it("shows command lines that the command understands", async () => {
    const examples = lines.filter((line) => line.startsWith("npx video-analysis import"));
    assert.ok(examples.length >= 4);
    for (const line of examples) {
      const { id, service, serviceName, batches, all } = await parsed(line);
      assert.ok(id.length + service.length + serviceName.length > 0 || batches || all);
      for (const text of id) parseSelected(text);
    }
  });

  it("shows a file of values that has all that is left of a batch", async () => {
    const [yaml = ""] = blocks("yaml");
    const all = await parseValues(yaml, "docs");
    assert.equal([...all].length, 2);
    const [id, values] = [...all].at(-1) ?? ["", {}];
    const batchInput = { videoSourceGroup: [{ videoSourceList: [{ videoSourceId: "camera-1" }] }] };
    const open = unrecorded(withoutUnreadable(batchTask, { name: "b", batchInput }).unreadable);
    const wanted = open.filter(([key]) => key !== "output");
    assert.deepEqual(
      suppliedBy({ own: values, shared: [] }, open, id).map(({ path: at }) => at),
      wanted,
    );
  });
});
