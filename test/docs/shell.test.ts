/** Commands in the pages: scripts, commands and options that they name exist. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { type Command, CommanderError } from "commander";
import { createProgram } from "../../cli/program";
import { findCli } from "../../tools/stack/cli";
import { REPOSITORY } from "./pages";
import { PULUMI_COMMANDS, SHORT } from "./pulumi-commands";
import { commandsIn, type ShellCommand, shellCommands } from "./shell";

const { scripts } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

const shown = ({ place, words }: ShellCommand): string => `${place}: ${words.join(" ")}`;

/** The words behind the command in `npx command` and `command`; undefined where it is another one. */
function argumentsOf(command: string, { words }: ShellCommand): readonly string[] | undefined {
  const own = words[0] === "npx" ? words.slice(1) : words;
  return own[0] === command ? own.slice(1) : undefined;
}

/** Why commander would refuse the words; the commands themselves do not run. */
function refusal(words: readonly string[]): string | undefined {
  let command: Command = createProgram(() => undefined);
  let rest = [...words];
  for (;;) {
    const next = command.commands.find(
      (sub) => sub.name() === rest[0] || sub.aliases().includes(rest[0] ?? ""),
    );
    if (next === undefined) break;
    command = next;
    rest = rest.slice(1);
  }
  if (rest.some((word) => word === "--help" || word === "--version")) return undefined;
  if (command.commands.length > 0) return `no command ${rest[0] ?? ""}`;
  try {
    const { operands, unknown } = command.exitOverride().parseOptions(rest);
    if (unknown.length > 0) return `no option ${unknown.join(" ")}`;
    const { registeredArguments: known } = command;
    const required = known.filter((argument) => argument.required).length;
    const isVariadic = known.at(-1)?.variadic === true;
    if (operands.length < required || (operands.length > known.length && !isVariadic)) return "arguments";
    return undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

/** The Pulumi command that words name, and its options. */
function pulumiCommand(words: readonly string[]): { name: string; options: string[] } {
  const [first = "", second = ""] = words;
  const two = `${first} ${second}`;
  const name = Object.hasOwn(PULUMI_COMMANDS, two) ? two : first;
  const options = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.split("=")[0] ?? "");
  return { name, options: options.map((option) => SHORT[option] ?? option) };
}

function pulumiProblem(words: readonly string[]): string | undefined {
  const { name, options } = pulumiCommand(words);
  const known = PULUMI_COMMANDS[name];
  if (known === undefined) return `no command ${name}`;
  const wrong = options.filter((option) => !known.includes(option));
  return wrong.length > 0 ? `no option ${wrong.join(" ")}` : undefined;
}

const ofPulumi = shellCommands.flatMap((command) => {
  const words = argumentsOf("pulumi", command);
  return words === undefined ? [] : [{ command, words }];
});

describe("commands in the pages", () => {
  it("are read as a shell reads them", () => {
    const text = `A=1 npx x --json - > out.json  # said\nexport B="c d" && y 'e f' | z <id of it>; echo "$(w --v)" \\\n  last`;
    assert.deepEqual(
      commandsIn("", text).map(({ words }) => words),
      [
        ["npx", "x", "--json", "-"],
        ["export", "B=c d"],
        ["y", "e f"],
        ["z", "<id", "of", "it>"],
        ["w", "--v"],
        ["echo", "$(w --v)", "last"],
      ],
    );
  });

  it("name scripts of npm that exist", () => {
    const run = shellCommands.filter(({ words }) => words[0] === "npm" && words[1] === "run");
    assert.ok(run.length > 3);
    assert.deepEqual(run.filter(({ words }) => !Object.hasOwn(scripts, words[2] ?? "")).map(shown), []);
  });

  it("name commands and options of video-analysis that exist", () => {
    const own = shellCommands.flatMap((command) => {
      const words = argumentsOf("video-analysis", command);
      return words === undefined ? [] : [{ command, problem: refusal(words) }];
    });
    assert.ok(own.length > 3);
    assert.deepEqual(
      own
        .filter(({ problem }) => problem !== undefined)
        .map(({ command, problem }) => [shown(command), problem]),
      [],
    );
    for (const words of [
      ["nothing"],
      ["drift", "--nothing"],
      ["ls", "--nothing"],
      ["schema", "Nothing", "more"],
    ]) {
      assert.ok(refusal(words) !== undefined, words.join(" "));
    }
  });

  it("name commands and options of pulumi that are known", () => {
    assert.ok(ofPulumi.length > 10);
    const wrong = ofPulumi.map(({ command, words }) => [shown(command), pulumiProblem(words)]);
    assert.deepEqual(
      wrong.filter(([, problem]) => problem !== undefined),
      [],
    );
  });

  it("name commands and options that the Pulumi CLI on the PATH has", function () {
    if (findCli() === undefined) this.skip();
    for (const [name, options] of Object.entries(PULUMI_COMMANDS)) {
      const { stdout, status } = spawnSync("pulumi", [...name.split(" "), "--help"], {
        encoding: "utf8",
        env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
      });
      // An unknown command gets the help of the one above it.
      const last = name.split(" ").at(-1) ?? "";
      assert.match(stdout, new RegExp(`(?:pulumi ${name}|Aliases:\\n.*\\b${last})\\b`), name);
      assert.equal(status, 0, name);
      assert.deepEqual(
        options.filter((option) => !new RegExp(`${option}\\b`).test(stdout)),
        [],
        name,
      );
    }
  });
});
