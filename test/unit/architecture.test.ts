import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** The repository's root, from the compiled test in dist/test/unit. */
const ROOT = path.resolve(__dirname, "../../..");
const SOURCES = ["sdk", "provider", "cli", "testkit", "test", "scripts", "tools", "bench"];

interface Import {
  readonly from: string;
  /** Repository path of a file of its own, or the name of a package. */
  readonly to: string;
  readonly own: boolean;
  /** Erased by the compiler. */
  readonly typeOnly: boolean;
  /** Loaded by a call, when it is needed. */
  readonly lazy: boolean;
}

function filesBelow(folder: string): string[] {
  const absolute = path.join(ROOT, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: "utf8" })
    .filter((name) => /(?<!\.d)\.ts$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")));
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const named = node.exportClause;
    const all =
      named !== undefined && ts.isNamedExports(named) && named.elements.every(({ isTypeOnly }) => isTypeOnly);
    return node.isTypeOnly || all;
  }
  const clause = node.importClause;
  if (clause === undefined) return false;
  const bindings = clause.namedBindings;
  const all =
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every(({ isTypeOnly }) => isTypeOnly);
  return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || (clause.name === undefined && all);
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Import[] = [];
  const add = (specifier: ts.Node, typeOnly: boolean, lazy: boolean): void => {
    if (!ts.isStringLiteralLike(specifier)) return;
    const own = specifier.text.startsWith(".");
    const target = path.posix.join(path.posix.dirname(file), specifier.text).replace(/\.js$/, "");
    found.push({ from: file, to: own ? target : specifier.text, own, typeOnly, lazy });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnly(node), false);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      add(node.moduleSpecifier, isTypeOnly(node), false);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true, false);
    else if (ts.isCallExpression(node)) {
      const [argument] = node.arguments;
      const loads =
        node.expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(node.expression) && node.expression.text === "require");
      if (loads && argument !== undefined) add(argument, false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = SOURCES.flatMap(filesBelow);
const imports = files.flatMap(importsOf);

/** The part of the layout that a file belongs to: a folder of provider/ or testkit/, else the top folder. */
function partOf(file: string): string {
  const [top = "", second = "", ...rest] = file.split("/");
  if (top === "provider" || top === "testkit")
    return rest.length > 0 ? `${top}/${second}` : `${top}/${second.replace(/\.ts$/, "")}`;
  return top;
}

/** Who may import whom inside provider/ (design section 2). Every part may import itself. */
const PROVIDER: Readonly<Record<string, readonly string[]>> = {
  common: [],
  schemas: ["common"],
  lifecycle: ["common", "schemas"],
  auth: ["common"],
  http: ["auth", "common"],
  api: ["http", "auth", "common"],
  resources: ["lifecycle", "api", "schemas", "common"],
  pulumi: ["lifecycle", "auth", "common"],
  catalog: ["resources", "schemas"],
  connect: ["api", "auth", "common", "http", "lifecycle"],
  composition: ["check-context", "connect", "api", "auth", "common", "lifecycle", "pulumi", "resources"],
  lookups: ["composition", "connect", "api", "auth", "common", "lifecycle", "pulumi", "resources", "schemas"],
  "check-context": ["auth", "common", "pulumi"],
  diagnosis: ["api", "auth", "common", "http"],
  runtime: ["composition", "pulumi", "resources"],
};

const show = ({ from, to }: Import): string => `${from} → ${to}`;
const violations = (isWrong: (found: Import) => boolean): string[] => imports.filter(isWrong).map(show);
const under = (folder: string) => (file: string) => file.startsWith(`${folder}/`);

describe("architecture: who imports whom", () => {
  it("sees the sources", () => {
    assert.ok(files.includes("provider/lifecycle/check.ts"));
    assert.ok(
      imports.some(({ from, to }) => from === "provider/runtime.ts" && to === "provider/composition"),
    );
  });

  for (const [part, allowed] of Object.entries(PROVIDER)) {
    it(`provider/${part}: ${["itself", ...allowed].join(", ")}`, () => {
      const permitted = new Set([part, ...allowed].map((name) => `provider/${name}`));
      assert.deepEqual(
        violations(
          ({ from, to, own }) => own && partOf(from) === `provider/${part}` && !permitted.has(partOf(to)),
        ),
        [],
      );
    });
  }

  it("provider/ has no part that this table does not know", () => {
    const parts = new Set(
      files.filter(under("provider")).map((file) => partOf(file).slice("provider/".length)),
    );
    assert.deepEqual(
      [...parts].filter((part) => !(part in PROVIDER)),
      [],
    );
  });

  it("docs/architecture.md draws the imports of provider/ as they are", () => {
    const guide = readFileSync(path.join(ROOT, "docs", "architecture.md"), "utf8");
    const drawn = [...guide.matchAll(/^ {2}([\w-]+) --> ([\w-]+)$/gm)].map(
      ([, from, to]) => `${from} → ${to}`,
    );
    const name = (file: string): string => partOf(file).slice("provider/".length);
    const real = imports
      .filter(({ from, to, own }) => own && under("provider")(from) && partOf(from) !== partOf(to))
      .map(({ from, to }) => `${name(from)} → ${name(to)}`);
    assert.deepEqual(drawn.sort(), [...new Set(real)].sort());
  });

  it("provider/pulumi takes the configuration only from auth", () => {
    const fromAuth = imports.filter(
      ({ from, to }) => under("provider/pulumi")(from) && under("provider/auth")(to),
    );
    assert.deepEqual([...new Set(fromAuth.map(({ to }) => to))], ["provider/auth/configuration"]);
  });

  it("the runtime loads the implementation with the first hook only", () => {
    assert.deepEqual(
      violations((found) => found.from === "provider/runtime.ts" && !found.typeOnly && !found.lazy),
      [],
    );
  });

  it("knows zod where shapes are read, undici in http, and the SDK nowhere", () => {
    const zod = new Set(
      ["schemas", "lifecycle", "resources", "lookups", "api", "auth", "http", "catalog"].map(
        (name) => `provider/${name}`,
      ),
    );
    assert.deepEqual(
      violations(({ from, to }) => under("provider")(from) && /^zod\b/.test(to) && !zod.has(partOf(from))),
      [],
    );
    assert.deepEqual(
      violations(
        ({ from, to }) => under("provider")(from) && to === "undici" && partOf(from) !== "provider/http",
      ),
      [],
    );
    assert.deepEqual(
      violations(({ from, to }) => under("provider")(from) && to.startsWith("@pulumi/")),
      [],
    );
  });

  it("knows YAML only where clouds.yaml is read, which loads it when it is needed", () => {
    const yaml = imports.filter(({ from, to }) => under("provider")(from) && to === "yaml");
    assert.deepEqual(
      yaml.map(({ from, typeOnly }) => ({ from, typeOnly })),
      [{ from: "provider/auth/clouds-yaml.ts", typeOnly: true }],
    );
  });

  it("sdk/ takes types from provider/, and the rest lazily; neither zod nor undici", () => {
    const eager = (found: Import) => under("sdk")(found.from) && !found.typeOnly && !found.lazy;
    assert.deepEqual(
      violations((found) => eager(found) && under("provider")(found.to)),
      [],
    );
    assert.deepEqual(
      violations((found) => eager(found) && /^(?:zod|undici)\b/.test(found.to)),
      [],
    );
  });

  it("cli/ loads what a command does when it is called, stands on the core and composition, and never on sdk/", () => {
    const parts = [
      "common",
      "lifecycle",
      "resources",
      "pulumi",
      "auth",
      "composition",
      "diagnosis",
      "lookups",
    ];
    const permitted = new Set(parts.map((part) => `provider/${part}`));
    assert.deepEqual(
      violations(({ from, to }) => under("cli")(from) && under("provider")(to) && !permitted.has(partOf(to))),
      [],
    );
    assert.deepEqual(
      violations(({ from, to }) => under("cli")(from) && under("sdk")(to)),
      [],
    );
    // Before a command is chosen only its options are there; the Pulumi SDK is for the one option that needs it.
    const options = files.filter((file) => /^cli\/\w+\/options\.ts$/.test(file));
    const entry = new Set(["cli/main.ts", "cli/program.ts", ...options]);
    const light = new Set([
      "commander",
      "cli/program",
      "cli/package-info",
      "cli/help",
      "provider/common/errors",
      ...options.map((file) => file.replace(/\.ts$/, "")),
    ]);
    assert.deepEqual(
      violations(
        ({ from, to, typeOnly, lazy }) =>
          entry.has(from) && !typeOnly && !lazy && !to.startsWith("node:") && !light.has(to),
      ),
      [],
    );
    assert.deepEqual(
      violations(
        ({ from, to, typeOnly, lazy }) =>
          under("cli")(from) && /^@pulumi\/|^yaml$/.test(to) && !typeOnly && !lazy,
      ),
      [],
    );
    assert.deepEqual(
      violations(({ from, to }) => to === "commander" && !under("cli")(from) && !under("test")(from)),
      [],
    );
  });

  it("nothing but tests, scripts, benchmarks and the emulator's command imports testkit, cli, bench and tests", () => {
    const mayImport = new Set(["test", "scripts", "tools", "bench"]);
    const aside = /^(?:testkit|tools|cli|bench|test|scripts)\//;
    assert.deepEqual(
      violations(({ from, to, own, lazy, typeOnly }) => {
        const [top = ""] = from.split("/");
        if (!own || mayImport.has(top) || !aside.test(to) || to.startsWith(`${top}/`)) return false;
        if (from === "testkit/index.ts" && to === "tools/engine") return false;
        return !(top === "cli" && (lazy || typeOnly) && to.startsWith("testkit/"));
      }),
      [],
    );
    assert.deepEqual(
      violations(({ from, to }) => !under("test")(from) && under("test")(to)),
      [],
    );
  });

  it("testkit/ is independent of what it tests, but for the mocks, which run the real check", () => {
    const tested = /^(?:provider|sdk|cli)\//;
    assert.deepEqual(
      violations(
        ({ from, to }) => under("testkit")(from) && !under("testkit/mocks")(from) && tested.test(to),
      ),
      [],
    );
    // They take what works offline, and nothing that could call a service. From sdk/ they take nothing: a test gives
    // them the program's own classes.
    const offline = ["auth", "check-context", "common", "lifecycle", "pulumi", "resources"];
    const permitted = new Set(offline.map((part) => `provider/${part}`));
    assert.deepEqual(
      violations(
        ({ from, to }) => under("testkit/mocks")(from) && tested.test(to) && !permitted.has(partOf(to)),
      ),
      [],
    );
    assert.deepEqual(
      violations(
        ({ from, to }) => under("testkit/emulator")(from) && /^testkit\/(?:engine|mocks)\b/.test(to),
      ),
      [],
    );
  });
});

describe("architecture: who knows Pulumi's wire", () => {
  const WIRE =
    /__provider|04da6b54-80e4-46f7-96ec-b56ff0331ba9|4dabf18193072939515e22adb298388d|1b47061264138c4ac30d75fd1eb44270|\bgrpc\b/i;
  /** What composes the parts stands beside provider/pulumi, not below it. */
  const MAY = (file: string) => under("provider/pulumi")(file) || partOf(file) === "provider/runtime";

  it("nothing below provider/pulumi mentions the provider text, unknowns, envelopes or gRPC", () => {
    const below = files.filter((file) => under("provider")(file) && !MAY(file));
    assert.deepEqual(
      below.filter((file) => WIRE.test(readFileSync(path.join(ROOT, file), "utf8"))),
      [],
    );
  });
});
