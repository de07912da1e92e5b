/** Prints values as TypeScript: two spaces, a line for each member of an object, short lists of plain values on one. */

/** A list that takes more columns gets a line for each element. */
const LIST_WIDTH = 80;

const INDENT = "  ";

/** A call with one text, in the place of a value. */
export class Call {
  constructor(
    readonly callee: string,
    readonly argument: string,
  ) {}
}

/** A variable, in the place of a value. */
export class Name {
  constructor(readonly identifier: string) {}
}

/** An object with lines of comment before its members. */
export class Commented {
  constructor(
    readonly comments: readonly string[],
    readonly members: Readonly<Record<string, unknown>>,
  ) {}
}

/** A comment ends with its line, whatever a service calls its tasks. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, " ").trimEnd();

function keyText(key: string): string {
  // Only as a computed key it is a member instead of the object's prototype.
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** A variable of the member's own name is written once. */
function memberText(key: string, member: unknown, indent: string): string {
  return member instanceof Name && member.identifier === key
    ? key
    : `${keyText(key)}: ${print(member, indent)}`;
}

/** @param indent of the line that the value begins on */
export function print(value: unknown, indent: string): string {
  const inner = indent + INDENT;
  const block = (open: string, lines: readonly string[], close: string): string =>
    lines.length === 0
      ? open + close
      : [open, ...lines.map((line) => inner + line), indent + close].join("\n");
  if (value instanceof Name) return value.identifier;
  if (value instanceof Call) return `${value.callee}(${JSON.stringify(value.argument)})`;
  if (Array.isArray(value)) {
    const items = value.map((item) => print(item, inner));
    const line = `[${items.join(", ")}]`;
    return line.length <= LIST_WIDTH && !line.includes("\n")
      ? line
      : block(
          "[",
          items.map((item) => `${item},`),
          "]",
        );
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const { comments, members } = value instanceof Commented ? value : { comments: [], members: value };
  const lines = [
    ...comments.map((comment) => `// ${oneLine(comment)}`),
    ...Object.entries(members).map(([key, member]) => `${memberText(key, member, inner)},`),
  ];
  return block("{", lines, "}");
}

/** `new Class("name", { … }, options);` */
export function construction(
  constructor: string,
  name: string | Name,
  {
    args,
    options,
    indent,
  }: { readonly args: unknown; readonly options: string | undefined; readonly indent: string },
): string {
  const values = [print(name, indent), print(args, indent), ...(options === undefined ? [] : [options])];
  return `${indent}new ${constructor}(${values.join(", ")});`;
}

/** `const name = [{ … }, …];` with an object a line, and a comment behind it. */
export function listing(
  name: string,
  rows: readonly { readonly row: Readonly<Record<string, unknown>>; readonly comment: string }[],
  indent: string,
): string {
  const lines = rows.map(({ row, comment }) => {
    const members = Object.entries(row).map(([key, value]) => memberText(key, value, indent));
    return `${indent + INDENT}{ ${members.join(", ")} }, ${comment}`;
  });
  return [`${indent}const ${name} = [`, ...lines, `${indent}];`].join("\n");
}
