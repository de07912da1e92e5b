/**
 * What only runs after a first call (the provider's hooks, the command, the testkit) lies compressed in the package:
 * a third of the size, and names and lines in a stack trace stay those of the code. A file `x.js` of one line loads
 * `x.js.br` beside it. What a program loads to declare its resources stays as it is.
 */
import type { OutputChunk } from "rollup";
import { brotliCompressSync } from "node:zlib";

const LOADER = "load.js";

/** Runs a compressed file as the module that asks for it: same exports, same path, same `require`. */
const LOADER_CODE = `"use strict";
const { readFileSync } = require("node:fs");
const { compileFunction } = require("node:vm");
const { brotliDecompressSync } = require("node:zlib");

exports.load = (module, require, filename, dirname) => {
  const code = brotliDecompressSync(readFileSync(filename + ".br")).toString("utf8");
  const names = ["exports", "require", "module", "__filename", "__dirname"];
  compileFunction(code, names, { filename })(module.exports, require, module, filename, dirname);
};
`;

/** Loaded before any call: by a program, by the provider process when it starts, by Node before a program. */
const LOADED_FIRST = ["index.js", "runtime.js", "child-preload.js"];

const SHEBANG = /^#!.*\n/;

/** Files of the package, by name. */
export function compress(chunks: readonly OutputChunk[]): ReadonlyMap<string, string | Buffer> {
  const plain = withImports(chunks, LOADED_FIRST);
  const files = new Map<string, string | Buffer>([[LOADER, LOADER_CODE]]);
  for (const chunk of chunks) {
    if (plain.has(chunk.fileName)) files.set(chunk.fileName, chunk.code);
    else {
      files.set(chunk.fileName, stubOf(chunk));
      files.set(`${chunk.fileName}.br`, brotliCompressSync(chunk.code.replace(SHEBANG, "")));
    }
  }
  return files;
}

/** Those files and what they load together with themselves. */
function withImports(chunks: readonly OutputChunk[], names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    const chunk = chunks.find(({ fileName }) => fileName === name);
    if (chunk === undefined || found.has(name)) return;
    found.add(name);
    chunk.imports.forEach(add);
  };
  names.forEach(add);
  return found;
}

function stubOf({ code, exports, isEntry }: OutputChunk): string {
  const shebang = SHEBANG.exec(code)?.[0] ?? "";
  // Never run: from this an ES module that imports names knows that they are there.
  const hint = isEntry && exports.length > 0 ? `0 && (module.exports = { ${exports.join(", ")} });\n` : "";
  return `${shebang}"use strict";\nrequire("./${LOADER}").load(module, require, __filename, __dirname);\n${hint}`;
}
