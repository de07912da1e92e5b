/** Colours of a terminal. */

/** SGR codes (ECMA-48). */
const STYLES = { bold: "1", dim: "2", red: "31", green: "32", yellow: "33", magenta: "35" } as const;
export type Style = keyof typeof STYLES;

export type Paint = (text: string, style: Style) => string;

/** Colours where they are asked for; else on a terminal, unless NO_COLOR (no-color.org) says otherwise. */
export function usesColor(asked: boolean | undefined, stream: Pick<NodeJS.WriteStream, "isTTY">): boolean {
  // Node leaves `isTTY` out where the stream is a file or a pipe, whatever its type says.
  return asked ?? ((stream.isTTY as boolean | undefined) === true && (process.env.NO_COLOR ?? "") === "");
}

export function painter(color: boolean): Paint {
  return (text, style) => (color && text !== "" ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text);
}
