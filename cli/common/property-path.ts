/** Property paths as Pulumi writes them: `input.data[0].url`, `config["my key"]`, `tags.*`. */

/** `"*"` matches any one key or index. */
export type PathPattern = readonly (string | number)[];

const TOKEN = /\.?\["((?:\\.|[^"\\])*)"\]|\.?\[(\d+|\*)\]|\.?([^.[\]]+)/y;

/** Undefined where the text is no path. */
export function parsePath(text: string): PathPattern | undefined {
  const path: (string | number)[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (match === null) return undefined;
    const [, quoted, index, plain = ""] = match;
    if (quoted !== undefined) path.push(quoted.replace(/\\(.)/g, "$1"));
    else if (index !== undefined) path.push(index === "*" ? "*" : Number(index));
    else path.push(plain);
  }
  return path.length === 0 ? undefined : path;
}

/** True for a path that the pattern names, and for all below it. */
export function covers(pattern: PathPattern, path: PathPattern): boolean {
  return (
    pattern.length <= path.length && pattern.every((part, index) => part === "*" || part === path[index])
  );
}
