/** Reports of the compiler and of an editor on programs. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import type ts from "typescript";
import { REPOSITORY } from "../support";
import { ACCEPTED } from "./accepted";
import { RESTFUL, withInput, withSchedule } from "./example";
import { REFUSED } from "./refused";
import { CURSOR, typeChecker, type TypeChecker } from "./type-checker";

describe("the types of the package", () => {
  let checker: TypeChecker;
  before(() => (checker = typeChecker()));

  for (const [name, program] of Object.entries(ACCEPTED)) {
    it(`accept ${name}`, () => assert.deepEqual(checker.errors(program), []));
  }
  for (const [name, [program, complaint]] of Object.entries(REFUSED)) {
    it(`refuse ${name}`, () => {
      const [error, ...others] = checker.errors(program);
      assert.match(error ?? "", complaint);
      assert.deepEqual(others, []);
    });
  }

  it("offer only the fields of the chosen input type", () => {
    const offered = checker.completions(withInput(`{ type: "obs", data: [{ ${CURSOR} }] }`));
    // `pulumi.Input` adds the two methods of an output.
    assert.deepEqual(offered.sort(), ["apply", "bucket", "get", "path"]);
  });

  it("show meaning, bounds, defaults and consequences on hovering", () => {
    const hover = (program: string, word: string): string => checker.hover(program, word);
    const url = hover(RESTFUL, "url:");
    assert.match(url, /at most 1000 characters/);
    assert.match(url, /secret/);
    assert.match(hover(withSchedule(`{ frequency: { interval: 5 } }`), "interval"), /5 to 720/);
    assert.match(hover(RESTFUL, "description"), /A change replaces the resource\./);
    assert.match(hover(RESTFUL, "name:"), /Default: the logical name and 12 hexadecimal digits\./);
    assert.match(hover(RESTFUL, "sourceUsageEstimate"), /Not drift-checked: no read returns it/);
    assert.match(hover("void ({} as va.types.input.TaskSchedule);", "TaskSchedule"), /When the task runs/);
    assert.match(
      hover(`new va.Provider("p", { maxRetries: 1 });`, "maxRetries"),
      /video-analysis:maxRetries/,
    );
  });

  it("can be read by the compiler that Pulumi brings along for projects without their own", () => {
    const vendored = path.join("@pulumi", "pulumi", "vendor", "typescript@3.8.3", "typescript.js");
    const old = createRequire(path.join(REPOSITORY, "x.js"))(vendored.replaceAll(path.sep, "/")) as typeof ts;
    const options = {
      strict: true,
      noEmit: true,
      types: [],
      target: old.ScriptTarget.ES2018,
      module: old.ModuleKind.CommonJS,
    };
    const program = old.createProgram([path.join(REPOSITORY, "dist", "sdk", "index.d.ts")], options);
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/dist/sdk/"));
    assert.ok(own.length > 3);
    const errors = own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    assert.deepEqual(
      errors.map(
        (error) => `${error.file?.fileName}: ${old.flattenDiagnosticMessageText(error.messageText, "\n")}`,
      ),
      [],
    );
  });
});
