/** Compiles snippets of programs against the package's own types, as an editor does. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { REPOSITORY } from "../support";

const FOLDER = path.join(REPOSITORY, "test", "sdk");

export interface TypeChecker {
  /** Complaints of the compiler about a program. */
  errors(program: string): string[];
  /** The text that an editor shows on hovering over the first place where `word` stands in a program. */
  hover(program: string, word: string): string;
  /** The same for several places of one program. */
  hovers(program: string, words: readonly string[]): string[];
  /** The same for every property of each `new`, by its way from the outermost object: `input.data.url`. */
  properties(program: string): readonly ReadonlyMap<string, string>[];
  /** Completions of an editor at the mark `CURSOR` of a program. */
  completions(program: string): string[];
}

/** Where `completions` looks. */
export const CURSOR = "/*cursor*/";

const PRELUDE =
  'import * as pulumi from "@pulumi/pulumi";\nimport * as va from "../../sdk";\nvoid pulumi; void va;\n';

/** Files do not change meanwhile, and the service asks for each with every snippet. */
function once<T>(look: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.has(name) ? (known.get(name) as T) : look(name);
    known.set(name, found);
    return found;
  };
}

const snapshotOf = once((name) =>
  existsSync(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, "utf8")) : undefined,
);

let checker: TypeChecker | undefined;

/** One language service for all snippets: the declarations are read once. */
export const typeChecker = (): TypeChecker => (checker ??= makeChecker());

function makeChecker(): TypeChecker {
  const file = path.join(FOLDER, "snippet.ts");
  let content = "";
  let version = 0;
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : "0"),
    getScriptSnapshot(name) {
      return name === file ? ts.ScriptSnapshot.fromString(content) : snapshotOf(name);
    },
    getCurrentDirectory: () => REPOSITORY,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    fileExists: once((name) => ts.sys.fileExists(name)),
    readFile: (name) => ts.sys.readFile(name),
    directoryExists: once((name) => ts.sys.directoryExists(name)),
    getDirectories: (name) => ts.sys.getDirectories(name),
  });
  const infoAt = (position: number): string => {
    const info = service.getQuickInfoAtPosition(file, position);
    return [...(info?.displayParts ?? []), ...(info?.documentation ?? [])].map(({ text }) => text).join("");
  };
  const load = (program: string): void => {
    content = PRELUDE + program;
    version += 1;
  };
  return {
    errors(program) {
      load(program);
      return [...service.getSyntacticDiagnostics(file), ...service.getSemanticDiagnostics(file)].map(
        (diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
      );
    },
    hover(program, word) {
      load(program);
      return infoAt(content.indexOf(word, PRELUDE.length));
    },
    hovers(program, words) {
      load(program);
      return words.map((word) => infoAt(content.indexOf(word, PRELUDE.length)));
    },
    properties(program) {
      load(program);
      const found: Map<string, string>[] = [];
      const visit = (node: ts.Node, way: readonly string[]): void => {
        if (ts.isNewExpression(node)) found.push(new Map());
        if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) {
          const here = [...way, node.name.text];
          found.at(-1)?.set(here.join("."), infoAt(node.name.getStart()));
          ts.forEachChild(node.initializer, (child) => visit(child, here));
        } else ts.forEachChild(node, (child) => visit(child, way));
      };
      const source = service.getProgram()?.getSourceFile(file);
      if (source !== undefined) visit(source, []);
      return found;
    },
    completions(program) {
      load(program);
      const found = service.getCompletionsAtPosition(file, content.indexOf(CURSOR), undefined);
      return (found?.entries ?? []).map(({ name }) => name);
    },
  };
}
