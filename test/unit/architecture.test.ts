/** The picture of the architecture, and the words of the wire: not in the rules of .dependency-cruiser.cjs. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";

/** The repository's root, from the compiled test in dist/test/unit. */
const ROOT = path.resolve(__dirname, "../../..");

const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

interface Module {
  readonly source: string;
  readonly imports: readonly string[];
}

/** The files of provider/ with what they import, types and lazy imports included. */
async function modulesOfProvider(): Promise<Module[]> {
  const { cruise } = await import("dependency-cruiser");
  const { output } = await cruise(["provider"], {
    baseDir: ROOT,
    includeOnly: "^provider/",
    tsPreCompilationDeps: true,
  });
  assert.ok(typeof output === "object");
  return output.modules.map(({ source, dependencies }) => ({
    source,
    imports: dependencies.map(({ resolved }) => resolved),
  }));
}

/** A room of provider/: the core, a folder or a single file of services/ or fronts/, or the entry beside them. */
function partOf(file: string): string {
  const [, room = "", inner = ""] = file.replace(/\.ts$/, "").split("/");
  if (inner === "") return room === "runtime" ? "entry" : room;
  return room === "services" || room === "fronts" ? inner : room;
}

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort();

describe("architecture", () => {
  let modules: readonly Module[];

  before(async () => {
    modules = await modulesOfProvider();
    assert.ok(modules.some(({ source }) => source === "provider/core/operations/check.ts"));
  });

  it("docs/architecture.md draws the imports of provider/ as they are", () => {
    const drawn = [...read("docs/architecture.md").matchAll(/^ {2}([\w-]+) --> ([\w-]+)$/gm)].map(
      ([, from, to]) => `${from} → ${to}`,
    );
    const real = modules.flatMap(({ source, imports }) =>
      imports
        .filter((target) => ![partOf(source), "common"].includes(partOf(target)))
        .map((target) => `${partOf(source)} → ${partOf(target)}`),
    );
    assert.deepEqual(drawn.sort(), sorted(real));
  });

  it("docs/architecture.md says what each part of provider/ knows", () => {
    const rows = [...read("docs/architecture.md").matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, part]) => part);
    const parts = sorted(modules.map(({ source }) => partOf(source)));
    assert.deepEqual(
      parts.filter((part) => !rows.includes(part)),
      [],
    );
  });

  it("nothing below provider/fronts mentions the provider text, unknowns, envelopes or gRPC", () => {
    const WIRE =
      /__provider|04da6b54-80e4-46f7-96ec-b56ff0331ba9|4dabf18193072939515e22adb298388d|1b47061264138c4ac30d75fd1eb44270|\bgrpc\b/i;
    const below = modules
      .map(({ source }) => source)
      .filter((file) => /^provider\/(?:core|services)\//.test(file));
    assert.deepEqual(
      below.filter((file) => WIRE.test(read(file))),
      [],
    );
  });
});
