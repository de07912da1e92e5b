/** Modules that are loaded, by moment: the time to the first hook, and to the start of a program, is that of loading modules. */
import assert from "node:assert/strict";
import * as path from "node:path";
import { Installation } from "./installation";

/** A file costs more than half a millisecond; without a bundler the first hooks load 108 of the package's own. */
const MAX_OWN_FILES = 40;

/** Runs a script, and returns all modules that it loaded: the package's own files, and names of other packages. */
function loaded(installed: Installation, script: string): { own: number; packages: string[] } {
  const print = `process.on("exit", () => console.log(JSON.stringify(Object.keys(require.cache))));`;
  const printed = installed
    .node("-e", print + script)
    .trim()
    .split("\n");
  const files = JSON.parse(printed.at(-1) ?? "") as string[];
  const others = files.filter((file) => !file.startsWith(installed.home + path.sep));
  const names = others.map(
    (file) => /.*node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1] ?? file,
  );
  return { own: files.length - others.length, packages: [...new Set(names)].sort() };
}

describe("what the package loads", () => {
  let installed: Installation;
  before(() => (installed = new Installation()));
  after(() => installed.remove());

  it("for the first hooks: the schemas, and neither the HTTP client nor the SDK", () => {
    const { own, packages } = loaded(
      installed,
      `const runtime = require("pulumi-video-analysis/runtime");
       for (const provider of Object.values(runtime)) void provider.check({}, {});`,
    );
    assert.deepEqual(packages, ["zod"]);
    assert.ok(own > 1 && own <= MAX_OWN_FILES, `${own} files`);
  });

  it("for a program: its own file and the configuration keys beside the SDK", () => {
    const { own, packages } = loaded(installed, `require("pulumi-video-analysis");`);
    assert.equal(own, 2);
    assert.ok(packages.includes("@pulumi/pulumi"));
    assert.deepEqual(
      packages.filter((name) => ["zod", "undici", "yaml", "commander"].includes(name)),
      [],
    );
  });

  it("for the command's help: neither the provider nor the emulator", () => {
    const command = path.join(installed.home, installed.manifest.bin["video-analysis"]!);
    const { own, packages } = loaded(
      installed,
      `process.argv = ["node", "video-analysis", "--help"]; require(${JSON.stringify(command)});`,
    );
    assert.deepEqual(packages, ["commander"]);
    // The command, its errors, how texts are made printable, and the names of the resources.
    assert.ok(own <= 4, `${own} files`);
  });
});
