/** Prints values as TypeScript, in the form that prettier gives them with its own defaults. */

/** Columns of a line. */
const WIDTH = 80;

const INDENT = 2;

/** A string argument up to this length is not worth a line of its own. */
const SHORT_ARGUMENT = WIDTH / 4;

/** Under a shorter key a text would win too little by a line of its own: it has to move by three columns. */
const LONG_KEY = INDENT + 3;

/** A call with one text, in the place of a value. */
export class Call {
  constructor(
    readonly callee: string,
    readonly argument: string,
  ) {}
}

/** An object with lines of comment before its members. */
export class Commented {
  constructor(
    readonly comments: readonly string[],
    readonly members: Readonly<Record<string, unknown>>,
  ) {}
}

/** Characters that take two columns in a terminal (East Asian Width, Unicode annex 11, the blocks names can have). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/gu;

export const widthOf = (text: string): number => Array.from(text).length + (text.match(WIDE)?.length ?? 0);

/** The quotes that need fewer escapes; double ones where both do. */
export function quoted(text: string): string {
  const double = JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const count = (mark: string): number => text.split(mark).length;
  if (count('"') <= count("'")) return double;
  return `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key));
const numberText = (value: number): string => JSON.stringify(value).replace("e+", "e");

/** The text on one line, or undefined for what never stands on one. */
function flat(value: unknown): string | undefined {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  if (value instanceof Call) return `${value.callee}(${quoted(value.argument)})`;
  if (value instanceof Commented) return undefined;
  if (Array.isArray(value)) return flatList(value as readonly unknown[]);
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0 ? "{}" : undefined;
  return "null";
}

function flatList(items: readonly unknown[]): string | undefined {
  const texts = items.map(flat);
  const isTable =
    items.length > 1 && items.every((item) => Array.isArray(item) && (item as unknown[]).length > 1);
  return isTable || texts.includes(undefined) ? undefined : `[${texts.join(", ")}]`;
}

const pad = (indent: number): string => " ".repeat(indent);

/** @param indent of the line that the value begins on */
export function print(value: unknown, indent: number): string {
  if (value instanceof Call) {
    return `${value.callee}(\n${pad(indent + INDENT)}${quoted(value.argument)},\n${pad(indent)})`;
  }
  if (Array.isArray(value)) return brokenList(value as readonly unknown[], indent);
  if (value instanceof Commented) return brokenObject(value.members, indent, value.comments);
  if (typeof value === "object" && value !== null) {
    return brokenObject(value as Readonly<Record<string, unknown>>, indent, []);
  }
  return flat(value) ?? "";
}

function brokenObject(
  members: Readonly<Record<string, unknown>>,
  indent: number,
  comments: readonly string[],
): string {
  const inner = indent + INDENT;
  const lines = [
    ...comments.map((comment) => `${pad(inner)}// ${oneLine(comment)}`),
    ...Object.entries(members).map(([key, value]) => property(key, value, inner)),
  ];
  return lines.length === 0 ? "{}" : `{\n${lines.join("\n")}\n${pad(indent)}}`;
}

/** A comment ends with its line, whatever a service calls its tasks. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, " ").trimEnd();

/** What cannot be broken goes to a line of its own; only positive numbers and truth values never do. */
function movesToNextLine(value: unknown): boolean {
  if (value instanceof Call) return widthOf(quoted(value.argument)) <= SHORT_ARGUMENT;
  if (typeof value === "number") return numberText(value).startsWith("-");
  if (typeof value === "object" && value !== null) return Object.keys(value).length === 0;
  return typeof value !== "boolean";
}

function property(key: string, value: unknown, indent: number): string {
  const name = keyText(key);
  const start = `${pad(indent)}${name}:`;
  const text = flat(value);
  if (text !== undefined && widthOf(`${start} ${text},`) <= WIDTH) return `${start} ${text},`;
  const moves = movesToNextLine(value);
  if (text !== undefined && moves && widthOf(name) >= LONG_KEY)
    return `${start}\n${pad(indent + INDENT)}${text},`;
  return `${start} ${print(value, indent)},`;
}

function brokenList(items: readonly unknown[], indent: number): string {
  if (items.length === 0) return "[]";
  const inner = indent + INDENT;
  const isNumbers = items.length > 1 && items.every((item) => typeof item === "number");
  const lines = isNumbers ? filled(items.map(numberText), inner) : items.map((item) => element(item, inner));
  return `[\n${lines.join("\n")}\n${pad(indent)}]`;
}

function element(item: unknown, indent: number): string {
  const text = flat(item);
  const line = `${pad(indent)}${text ?? ""},`;
  return text !== undefined && widthOf(line) <= WIDTH ? line : `${pad(indent)}${print(item, indent)},`;
}

/** Numbers stand beside each other, as many as a line takes. */
function filled(texts: readonly string[], indent: number): string[] {
  const lines: string[] = [];
  let line = pad(indent);
  for (const [index, text] of texts.entries()) {
    const next = index === 0 ? `${line}${text},` : `${line} ${text},`;
    if (index > 0 && widthOf(next) > WIDTH) {
      lines.push(line);
      line = `${pad(indent)}${text},`;
    } else line = next;
  }
  return [...lines, line];
}

/** `new Class("name", { … }, options);` */
export function construction(
  constructor: string,
  name: string,
  args: unknown,
  options: string | undefined,
  indent: number,
): string {
  const start = `${pad(indent)}new ${constructor}(`;
  const hugged = `${start}${quoted(name)}, {`;
  if (options === undefined && widthOf(hugged) <= WIDTH) {
    return `${start}${quoted(name)}, ${print(args, indent)});`;
  }
  const inner = indent + INDENT;
  const parts = [quoted(name), print(args, inner), ...(options === undefined ? [] : [options])];
  return `${start}\n${parts.map((part) => `${pad(inner)}${part},`).join("\n")}\n${pad(indent)});`;
}
