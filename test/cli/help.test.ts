/** The help of every command, and docs/commands.md. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { CHECK_IDS, DOCTOR_REPORT_VERSION, doctorJsonSchema } from "../../cli/commands/doctor/report/schema";
import { pathOf } from "../../cli/common/help-notes";
import { createProgram } from "../../cli/program";
import { run } from "./support";

const docs = path.resolve(__dirname, "../../../docs");
const guide = readFileSync(path.join(docs, "commands.md"), "utf8");

const descendants = (command: Command): Command[] => [command, ...command.commands.flatMap(descendants)];
const commands = descendants(createProgram(() => undefined));

function helpOf(command: Command): string {
  let text = "";
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

/** The calls of the examples in a text: the rest of the line after the program's name. */
function callsIn(text: string, before: RegExp): string[] {
  return [...text.matchAll(before)].map(([, call = ""]) => call);
}

/** The command that the words lead to. */
function calledBy(words: readonly string[]): Command {
  const [program] = commands;
  assert.ok(program);
  return words.reduce<Command>(
    (found, word) => found.commands.find((child) => child.name() === word) ?? found,
    program,
  );
}

/** The options of a call that its command does not have. */
function unknownOptions(call: string): string[] {
  const known = new Set(calledBy(call.split(" ")).options.flatMap(({ long }) => long ?? []));
  return (call.match(/--[a-z-]+/g) ?? []).filter((flag) => !known.has(flag) && flag !== "--help");
}

describe("--help", () => {
  for (const command of commands) {
    it(`of ${pathOf(command)} has examples that the command understands, exit statuses and no colours`, () => {
      const text = helpOf(command);
      const calls = callsIn(text, /^ {2}\$ video-analysis ?(.*)$/gm);
      assert.ok(calls.length > 0, text);
      for (const call of calls) {
        const isOwn = descendants(command).includes(calledBy(call.split(" ")));
        assert.ok(isOwn, call);
        assert.deepEqual(unknownOptions(call), [], call);
      }
      assert.match(text, /^Exit status: 0 /m);
      assert.ok(!text.includes("\u001b"));
      const [, page] = /^Guide: docs\/(.*)$/m.exec(text) ?? [];
      if (page !== undefined)
        assert.ok(readFileSync(path.join(docs, page), "utf8").includes(`video-analysis`));
    });
  }

  it("goes with a wrong command or option, and what was meant", async () => {
    const [command, option] = await Promise.all([run(["drfit"]), run(["drift", "--unmanged"])]);
    assert.deepEqual([command.status, option.status], [1, 1]);
    assert.match(command.stderr, /drift\?/);
    assert.match(option.stderr, /--unmanaged\?/);
  });
});

describe("docs/commands.md", () => {
  /** The part about one command. */
  const section = (name: string): string =>
    guide.split(/^## /m).find((text) => text.startsWith(`\`${name}\``)) ?? "";

  for (const command of commands.filter(
    ({ parent, commands: below }) => parent !== null && below.length === 0,
  )) {
    it(`lists every option of ${pathOf(command)}, and no other`, () => {
      const text = section(pathOf(command).replace(/^video-analysis /, ""));
      const options = command.options.flatMap(({ long }) => long ?? []);
      assert.notEqual(text, "");
      const told = new Set([...text.matchAll(/`(--[a-z-]+)/g)].map(([, flag = ""]) => flag));
      assert.deepEqual([...told].sort(), options.sort());
      assert.match(text, /npx video-analysis /);
      assert.match(text, /Exit status/);
    });
  }

  it("has no section of a command that is not there", () => {
    const told = [...guide.matchAll(/^## `([^`]*)`/gm)].map(([, name]) => name);
    const there = commands.filter(({ parent }) => parent !== null).map((command) => pathOf(command));
    assert.deepEqual(
      told.filter((name) => !there.includes(`video-analysis ${name ?? ""}`)),
      [],
    );
  });

  it("shows calls that the commands understand", () => {
    const calls = callsIn(guide, /npx video-analysis ([^#\n]*)/g);
    assert.ok(calls.length > 5);
    for (const call of calls) assert.deepEqual(unknownOptions(call), [], call);
  });

  it("lists every check of doctor, in their order", () => {
    const told = [...section("doctor").matchAll(/^\| `([a-z-]+)` +\|/gm)].map(([, id]) => id);
    assert.deepEqual(told, [...CHECK_IDS]);
  });

  it("has the JSON Schema of doctor's report beside it, and says its version", () => {
    const written: unknown = JSON.parse(readFileSync(path.join(docs, "doctor.schema.json"), "utf8"));
    assert.deepEqual(written, JSON.parse(JSON.stringify(doctorJsonSchema())));
    assert.ok(guide.includes(`\`schemaVersion\` is ${DOCTOR_REPORT_VERSION}.`));
  });
});
