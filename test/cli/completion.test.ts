/** The scripts of `video-analysis completion`, run by the shells that they are for. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SHELLS, type Shell } from "../../cli/completion/options";
import { treeOf, withDescendants } from "../../cli/completion/tree";
import { createProgram } from "../../cli/program";
import { run } from "./support";

const commands = withDescendants(treeOf(createProgram(() => undefined)));

const isThere = (shell: Shell): boolean => spawnSync(shell, ["--version"]).status === 0;

describe("video-analysis completion", function () {
  this.timeout(60_000);
  let folder: string;
  const scripts = new Map<Shell, string>();

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-completion-"));
    for (const shell of SHELLS) {
      const { status, stdout, stderr } = await run(["completion", shell]);
      assert.deepEqual([status, stderr], [0, ""]);
      const file = path.join(folder, `script.${shell}`);
      writeFileSync(file, stdout);
      scripts.set(shell, file);
    }
    writeFileSync(path.join(folder, "my state.json"), "{}");
    mkdirSync(path.join(folder, "my project"));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a text in a shell that has nobody's configuration; the words come in as its arguments. */
  function inShell(shell: Shell, text: string, words: readonly string[] = []): string[] {
    const bare = { bash: ["--norc", "-c"], zsh: ["-f", "-c"], fish: ["--no-config", "-c"] }[shell];
    const { status, stdout, stderr } = spawnSync(
      shell,
      [...bare, text, ...(shell === "bash" ? ["bash"] : []), ...words],
      {
        cwd: folder,
        encoding: "utf8",
        env: { PATH: process.env.PATH, HOME: folder, SCRIPT: scripts.get(shell) },
      },
    );
    assert.equal(stderr, "", stderr);
    assert.equal(status, 0);
    return stdout.split("\n").filter((line) => line !== "");
  }

  (isThere("bash") ? describe : describe.skip)("in bash (skipped where it is not on the PATH)", () => {
    /** What a Tab after the words would offer. */
    const completed = (...words: string[]): string[] =>
      inShell(
        "bash",
        'source "$SCRIPT"; COMP_WORDS=(video-analysis "$@"); COMP_CWORD=$#; _video_analysis; printf "%s\\n" "${COMPREPLY[@]}"',
        words,
      );

    it("offers every command and option of the program, and nothing else", () => {
      for (const { path: names, children, choices, options } of commands) {
        const expected = [
          ...children.map((child) => child.path.at(-1)),
          ...choices,
          ...options.flatMap(({ flags }) => flags),
        ];
        assert.deepEqual(completed(...names, "").sort(), expected.sort(), names.join(" "));
      }
    });

    it("goes on where a word was begun", () => {
      assert.deepEqual(completed("dr"), ["drift"]);
      assert.deepEqual(completed("drift", "--state", "x", "--unm"), ["--unmanaged"]);
      assert.deepEqual(completed("schema", "B"), ["BatchTask"]);
    });

    it("offers files, directories or nothing for values, names with spaces too", () => {
      assert.deepEqual(completed("drift", "--state", "my"), ["my project", "my state.json"]);
      assert.deepEqual(completed("doctor", "--cwd", "my"), ["my project"]);
      assert.deepEqual(completed("doctor", "--timeout", ""), []);
      assert.ok(completed("doctor", "--json", "").includes("--stack"), "its file may be left out");
    });

    it("registers itself", () => {
      assert.match(inShell("bash", 'source "$SCRIPT"; complete -p video-analysis')[0]!, /_video_analysis/);
    });
  });

  (isThere("fish") ? describe : describe.skip)("in fish (skipped where it is not on the PATH)", () => {
    const completed = (line: string): string[] =>
      inShell("fish", `source $SCRIPT; complete -C "video-analysis ${line}"`).map(
        (text) => text.split("\t", 1)[0] ?? "",
      );

    it("offers every command and option of the program", () => {
      for (const { path: names, children, options } of commands) {
        const line = names.map((name) => `${name} `).join("");
        for (const child of children) assert.ok(completed(line).includes(child.path.at(-1) ?? ""), line);
        const flags = completed(`${line}--`);
        for (const { flags: own } of options)
          assert.ok(flags.includes(own[0] ?? ""), `${line}${own.join(" ")}`);
      }
      assert.deepEqual(completed("schema B"), ["BatchTask"]);
    });
  });

  (isThere("zsh") ? describe : describe.skip)("in zsh (skipped where it is not on the PATH)", () => {
    it("is read without a complaint, and registers itself", () => {
      const text =
        'autoload -Uz compinit; compinit -u -D; source "$SCRIPT"; print -r -- $_comps[video-analysis]';
      assert.deepEqual(inShell("zsh", text), ["_video_analysis"]);
    });
  });

  it("refuses a shell that it has no script for", async () => {
    const { status, stderr } = await run(["completion", "csh"]);
    assert.equal(status, 1);
    assert.match(stderr, /bash, zsh, fish/);
  });
});
