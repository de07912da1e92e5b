/**
 * What only runs after a first call (the provider's hooks, the command, the testkit) lies compressed in the package, all
 * in one file: a fifth of the size, and names and lines in a stack trace stay those of the code. What a program loads to
 * declare its resources, and what Node loads before a program, stays as it is.
 */
import type { OutputChunk } from "rollup";
import { brotliCompressSync } from "node:zlib";

const LOADER = "load.js";

/** JSON of the compressed parts, by name. */
const ARCHIVE = "code.br";

/** Runs a part as a module beside this file: same exports, path and `require`; parts that it asks for come from here too. */
const LOADER_CODE = `"use strict";
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { compileFunction } = require("node:vm");
const { brotliDecompressSync } = require("node:zlib");

const NAMES = ["exports", "require", "module", "__filename", "__dirname"];
const modules = new Map();
let parts;

exports.load = (name) => {
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  parts ??= JSON.parse(brotliDecompressSync(readFileSync(path.join(__dirname, "${ARCHIVE}"))).toString("utf8"));
  const module = { exports: {} };
  modules.set(name, module);
  const filename = path.join(__dirname, name);
  const run = compileFunction(parts[name], NAMES, { filename });
  run(module.exports, requireBeside, module, filename, __dirname);
  return module.exports;
};

const requireBeside = (name) => (Object.hasOwn(parts, name.slice(2)) ? exports.load(name.slice(2)) : require(name));
requireBeside.resolve = require.resolve;
`;

/** Loaded before any call: by a program, by the provider process when it starts, by Node before a program. */
const LOADED_FIRST = ["index.js", "runtime.js", "child-preload.js"];

const SHEBANG = /^#!.*\n/;

/** Files of the package, by name. */
export function compress(chunks: readonly OutputChunk[]): ReadonlyMap<string, string | Buffer> {
  const plain = withImports(chunks, LOADED_FIRST);
  const parts = chunks.filter(({ fileName }) => !plain.has(fileName));
  const archive = Object.fromEntries(
    parts.map(({ fileName, code }) => [fileName, code.replace(SHEBANG, "")]),
  );
  const asked = new Set([...plain.values()].flatMap(({ dynamicImports }) => dynamicImports));
  return new Map<string, string | Buffer>([
    [LOADER, LOADER_CODE],
    [ARCHIVE, brotliCompressSync(JSON.stringify(archive))],
    ...[...plain.values()].map(({ fileName, code }) => [fileName, code] as const),
    ...parts
      .filter(({ fileName, isEntry }) => isEntry || asked.has(fileName))
      .map((part) => [part.fileName, stubOf(part)] as const),
  ]);
}

/** Those files and what they load together with themselves. */
function withImports(chunks: readonly OutputChunk[], names: readonly string[]): Map<string, OutputChunk> {
  const found = new Map<string, OutputChunk>();
  const add = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || found.has(name)) return;
    found.set(name, chunk);
    chunk.imports.forEach(add);
  };
  names.forEach(add);
  return found;
}

/** A file that whoever knows the part by its path loads. */
function stubOf({ fileName, code, exports, isEntry }: OutputChunk): string {
  const shebang = SHEBANG.exec(code)?.[0] ?? "";
  // Never run: from this an ES module that imports names knows that they are there.
  const hint = isEntry && exports.length > 0 ? `0 && (module.exports = { ${exports.join(", ")} });\n` : "";
  return `${shebang}"use strict";\nmodule.exports = require("./${LOADER}").load("${fileName}");\n${hint}`;
}
