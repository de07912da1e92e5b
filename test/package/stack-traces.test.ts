/** From a stack trace of an installed package to the function in question: every line is there, by any writer of the trace. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { SourceMap, type SourceMapPayload } from "node:module";
import * as path from "node:path";
import ts from "typescript";
import { Installation } from "./installation";

/** Throws from below a hook of the provider and from below a function of a program, and prints both stacks. */
const PROGRAM = `
  const { ServiceTask } = require("pulumi-video-analysis/runtime");
  const va = require("pulumi-video-analysis");
  const trap = (name) => Object.defineProperty({}, name, { enumerable: true, get() { throw new Error("here"); } });
  try { va.schedule.daily(trap("windows")); } catch (error) { console.log(error.stack); }
  ServiceTask.check({}, trap("description")).catch((error) => console.log(error.stack));
`;

interface Frame {
  /** As the trace names it; undefined for a function without a name. */
  readonly name: string | undefined;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Frames of the package's own code. */
function ownFrames(stack: string, { home }: Installation): Frame[] {
  return [...stack.matchAll(/^ +at (?:(?:async )?(\S+) .*?\(|async )?([^()\s]+):(\d+):(\d+)\)?$/gm)]
    .map(([, name, file = "", line, column]) => ({
      name: name === "<anonymous>" ? undefined : name,
      file,
      line: Number(line),
      column: Number(column),
    }))
    .filter(({ file }) => file.startsWith(home));
}

/** Suffix that the bundler adds to a name that two sources have. */
const written = (name: string): string => name.replace(/^.*\./, "").replace(/\$\d+$/, "");

describe("stack traces of an installed package", () => {
  let installed: Installation;
  before(() => (installed = new Installation()));
  after(() => installed.remove());

  const writers = {
    "plain Node": { args: [], folder: "dist/package", ending: ".js" },
    "Node with --enable-source-maps": { args: ["--enable-source-maps"], folder: "", ending: ".ts" },
    // The SDK's program runner and provider process load it.
    "source-map-support": { args: ["-r", "source-map-support/register"], folder: "", ending: ".ts" },
  };
  for (const [writer, { args, folder, ending }] of Object.entries(writers)) {
    it(`lead to real lines: ${writer}`, () => {
      const stack = installed.node(...args, "-e", PROGRAM);
      const frames = ownFrames(stack, installed);
      for (const name of ["daily", "check", "run"])
        assert.ok(
          frames.some((frame) => frame.name !== undefined && written(frame.name) === name),
          stack,
        );
      for (const { name, file, line, column } of frames) {
        assert.ok(existsSync(file), `${file} of\n${stack}`);
        assert.ok(file.startsWith(path.join(installed.home, folder)) && file.endsWith(ending), file);
        const lines = readFileSync(file, "utf8").split("\n").slice(0, line);
        // A call, or the property that was asked for.
        assert.match(lines.at(-1)?.slice(column - 1) ?? "", /^[\w$]/, `${file}:${line}:${column}`);
        if (name !== undefined)
          assert.ok(lines.join("\n").includes(written(name)), `${name} in ${file}:${line}`);
      }
    });
  }

  it("maps lead from every function to its source, which is in the package", () => {
    // The plugin has other packages in it: plugin.test.ts looks at its map.
    const scripts = installed.files.filter((file) => /^dist\/package\/.*\.js$/.test(file));
    let functions = 0;
    for (const script of scripts) {
      const code = installed.read(script);
      assert.ok(code.endsWith(`//# sourceMappingURL=${path.basename(script)}.map\n`), script);
      const payload = JSON.parse(installed.read(`${script}.map`)) as SourceMapPayload;
      const sources = payload.sources.map((source) => path.posix.join(path.posix.dirname(script), source));
      assert.ok(
        sources.every((source) => source.endsWith(".ts")),
        script,
      );
      assert.deepEqual(
        payload.sourcesContent,
        sources.map((source) => installed.read(source)),
        script,
      );
      const map = new SourceMap(payload);
      const file = ts.createSourceFile(script, code, ts.ScriptTarget.ES2022);
      for (const { name } of file.statements.filter(ts.isFunctionDeclaration)) {
        assert.ok(name !== undefined, script);
        const { line, character } = file.getLineAndCharacterOfPosition(name.getStart(file));
        const entry = map.findEntry(line, character);
        const place = `${name.text} in ${script}:${line + 1}`;
        assert.ok("originalSource" in entry, place);
        const source = installed.read(path.posix.join(path.posix.dirname(script), entry.originalSource));
        const original = source.split("\n")[entry.originalLine]?.slice(entry.originalColumn) ?? "";
        assert.match(original, new RegExp(`^${written(name.text)}\\b`), place);
        functions += 1;
      }
    }
    assert.ok(functions > scripts.length, `${functions} functions`);
  });
});
