/** Programs in the pages: each compiles, and those that declare resources pass the checks of the preview. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import { runInThisContext } from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import ts from "typescript";
import { type PropertyMap, formatPath, isObject } from "../../provider/common/json";
import { check } from "../../provider/core/operations/check";
import { splitInputs } from "../../provider/fronts/engine/hidden-inputs";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { RESOURCES } from "../../provider/services";
import { useMocks } from "../sdk/support";
import { type Block, blocksOf, REPOSITORY } from "./pages";

/** Time for the compiler on a busy machine, in milliseconds. */
const TIMEOUT = 120_000;

/** Imports of a block marked `fragment`. */
const PRELUDE = `import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";
void pulumi; void va;
`;

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  strict: true,
  noImplicitOverride: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  types: ["node", "mocha"],
};

const blocks = blocksOf("ts", "typescript");
const isFragment = ({ marks }: Block): boolean => marks.includes("fragment");

/** Whether a block awaits outside a function, as only modules of the newer kind can. */
const isModule = ({ text }: Block): boolean =>
  /^(?:(?:export )?(?:const|let) [^=]*= |for )?await /m.test(text);

/** A file that is not on the disk. */
const fileOf = (block: Block, index: number): string =>
  path.join(REPOSITORY, `docs-block-${index}${isModule(block) ? ".mts" : ".ts"}`);

/** "Cannot find module": of a relative one, which is the reader's own, nothing can be known. */
const NO_MODULE = 2307;
const isReadersModule = ({ code, messageText }: ts.Diagnostic): boolean =>
  code === NO_MODULE && /'\.{1,2}\//.test(ts.flattenDiagnosticMessageText(messageText, " "));

const contentOf = (block: Block): string =>
  isFragment(block) ? `${PRELUDE}${block.text}` : `${block.text}\nexport {};\n`;

/** Complaints of the compiler about the blocks. */
function complaints(): string[] {
  const virtual = new Map(blocks.map((block, index) => [fileOf(block, index), block]));
  const host = ts.createCompilerHost(OPTIONS);
  const disk = { ...host };
  host.fileExists = (name) => virtual.has(name) || disk.fileExists(name);
  host.readFile = (name) => {
    const block = virtual.get(name);
    return block === undefined ? disk.readFile(name) : contentOf(block);
  };
  host.getSourceFile = (name, ...rest) => {
    const block = virtual.get(name);
    return block === undefined
      ? disk.getSourceFile(name, ...rest)
      : ts.createSourceFile(name, contentOf(block), rest[0]);
  };
  const program = ts.createProgram([...virtual.keys()], OPTIONS, host);
  return ts
    .getPreEmitDiagnostics(program)
    .filter((diagnostic) => !isReadersModule(diagnostic))
    .map(({ file, messageText }) => {
      const place = virtual.get(file?.fileName ?? "")?.place ?? file?.fileName ?? "options";
      return `${place}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}

/** Whether a block is a program of a stack that calls no service: whole, and without what only a test or a tool has. */
function isProgram(block: Block): boolean {
  const { text } = block;
  const imports = [...text.matchAll(/^import .* from "([^"]+)"/gm)].map(([, name]) => name);
  const known = new Set(["@pulumi/pulumi", "pulumi-video-analysis"]);
  return (
    imports.includes("pulumi-video-analysis") &&
    imports.every((name) => known.has(name ?? "")) &&
    /\bnew va\.(?:ServiceTask|BatchTask|VideoAnalysisJob)\(/.test(text) &&
    !/\bva\.(?:\w+\.get|get\w+|list\w+)\(/.test(text) &&
    !isModule(block)
  );
}

/** A value for each key that a program insists on. */
function configOf({ text }: Block): Record<string, string> {
  const keys = [...text.matchAll(/\.require(Secret)?(Object|Number|Boolean)?(?:<[^>]*>)?\("([^"]+)"\)/g)];
  return Object.fromEntries(
    keys.map(([, , kind = "", key = ""]) => {
      const values: Record<string, string> = { Object: "[]", Number: "1", Boolean: "true" };
      return [`project:${key}`, values[kind] ?? "value"];
    }),
  );
}

/** An input as a hook sees it: the engine takes secrets out of their envelopes. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (value[pulumi.runtime.specialSigKey] === pulumi.runtime.specialSecretSig) return plain(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Runs a program against mocks and checks what it registers. Returns the refusals, and how many resources there were. */
async function run(block: Block): Promise<{ refused: string[]; count: number }> {
  const recorder = await useMocks({ config: configOf(block), outputs: { taskIds: ["task-1"], tasks: [] } });
  const compiled = ts.transpileModule(block.text, {
    compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
  });
  const load = createRequire(path.join(REPOSITORY, "program.js"));
  const module = { exports: {} };
  // As Node runs a module, but with the text from a page.
  const program = runInThisContext(`(function (require, module, exports) {${compiled.outputText}\n})`, {
    filename: block.place,
  }) as (...args: unknown[]) => void;
  program(load, module, module.exports);
  await pulumi.runtime.disconnect();
  const refused: string[] = [];
  let count = 0;
  for (const { name, type, inputs } of recorder.registered) {
    const definition = Object.values(RESOURCES)
      .map((resource) => resource.definition)
      .find(({ type: own }) => type.endsWith(`/video-analysis:${own}`));
    if (definition === undefined) continue;
    count += 1;
    const given = Object.entries(inputs as PropertyMap).filter(([key]) => key !== "__provider");
    const { args, hidden } = splitInputs(plain(Object.fromEntries(given)) as PropertyMap);
    const { failures } = check(definition, {}, args, {
      ...hidden,
      isUnknown,
      warn: () => undefined,
    });
    refused.push(
      ...failures.map(({ path: property, reason }) => `${name}: ${formatPath(property)}: ${reason}`),
    );
  }
  return { refused, count };
}

describe("TypeScript in the pages", function () {
  this.timeout(TIMEOUT);

  it("compiles against the package", () => {
    assert.ok(blocks.length > 3);
    assert.deepEqual(complaints(), []);
  });

  it("is rarely a fragment", () => {
    assert.ok(blocks.filter(isFragment).length * 3 <= blocks.length);
  });

  for (const block of blocks.filter(isProgram)) {
    it(`is a program that a preview accepts: ${block.place}`, async () => {
      const { refused, count } = await run(block);
      assert.deepEqual(refused, []);
      assert.ok(count > 0);
    });
  }
});
