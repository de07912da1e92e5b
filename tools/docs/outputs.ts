/** The outputs of the classes and their shapes, read from the declarations that editors show. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { table } from "./markdown";

const SDK = path.resolve(__dirname, "../../../sdk");

interface Member {
  readonly name: string;
  readonly type: string;
  readonly meaning: string;
}

interface Declared {
  readonly members: readonly Member[];
  readonly meaning: string;
  /** What stands in the angle brackets of the class that it extends. */
  readonly extended: readonly string[];
}

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(path.join(SDK, file), "utf8"), ts.ScriptTarget.ES2022, true);
}

function meaningOf(node: ts.Node): string {
  const [doc] = ts.getJSDocCommentsAndTags(node).filter((part) => ts.isJSDoc(part));
  const text = ts.getTextOfJSDocComment(doc?.comment) ?? "";
  return text.replace(/\s+/g, " ").trim();
}

/** A type as a program sees the value: without the output around it and the names of the modules. */
function typeOf(node: ts.TypeNode | undefined): string {
  const text = (node?.getText() ?? "unknown").replace(/\s+/g, " ");
  const inner = /^pulumi\.Output<(.*)>$/.exec(text)?.[1] ?? text;
  return inner.replace(/\b(?:output|input)\.(?=[A-Z])/g, "");
}

/** The classes and interfaces of a file with their properties. */
function declarationsIn(file: string): Map<string, Declared> {
  const found = new Map<string, Declared>();
  for (const node of parsed(file).statements) {
    if (!ts.isClassDeclaration(node) && !ts.isInterfaceDeclaration(node)) continue;
    const members = [...node.members].flatMap((member) => {
      const isProperty = ts.isPropertyDeclaration(member) || ts.isPropertySignature(member);
      if (!isProperty || ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) return [];
      const name = member.name.getText();
      const optional = member.questionToken === undefined ? "" : "?";
      return [{ name: `${name}${optional}`, type: typeOf(member.type), meaning: meaningOf(member) }];
    });
    const extended = (node.heritageClauses ?? []).flatMap(({ types }) =>
      types.flatMap((type) => [type.expression, ...(type.typeArguments ?? [])].map((part) => part.getText())),
    );
    found.set(node.name?.text ?? "", { members, meaning: meaningOf(node), extended });
  }
  return found;
}

const shapes = declarationsIn("types-output.ts");
const common = declarationsIn("resource.ts").get("CommonMembers");

/** Properties of a shape, those that it inherits first. */
function membersOf(shape: string): readonly Member[] {
  const declared = shapes.get(shape);
  return declared === undefined ? [] : [...declared.extended.flatMap(membersOf), ...declared.members];
}

const rowsOf = (members: readonly Member[]): string[][] =>
  members.map(({ name, type, meaning }) => [`\`${name}\``, `\`${type}\``, meaning]);

/** The shapes that types name, and those that these name. */
function shapesIn(types: readonly string[], known: Set<string> = new Set()): Set<string> {
  for (const name of types.flatMap((type) => type.match(/\b[A-Z]\w+/g) ?? [])) {
    if (!shapes.has(name) || known.has(name)) continue;
    known.add(name);
    shapesIn(
      membersOf(name).map(({ type }) => type),
      known,
    );
  }
  return known;
}

/** The section "Outputs" of a resource's page. */
export function outputTables(type: string, file: string, argumentNames: ReadonlySet<string>): string {
  const own = declarationsIn(file).get(type);
  if (own === undefined || common === undefined) throw new Error(`${file} has no class ${type}.`);
  const report = own.extended.map((text) => /^output\.(\w+)$/.exec(text)?.[1]).find(Boolean) ?? "TaskReport";
  const members = [...common.members, ...own.members]
    .filter(({ name }) => !argumentNames.has(name))
    .map((member) => ({ ...member, type: member.type.replace(/\bReport\b/, report) }));
  const used = [...shapesIn(members.map(({ type: text }) => text))];
  return [
    table(["output", "type", "meaning"], rowsOf(members)),
    ...used.map(
      (name) =>
        `### ${name}\n\n${shapes.get(name)?.meaning ?? ""} TypeScript: \`va.types.output.${name}\`.\n\n` +
        table(["field", "type", "meaning"], rowsOf(membersOf(name))),
    ),
  ].join("\n");
}
