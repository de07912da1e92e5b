/** A terminal's text as a picture: SVG with the colours that the command used. */

/** An ordinary terminal's measures, in pixels: a fixed-width letter is 0.6 of its size wide. */
const FONT_SIZE = 13;
const CHARACTER = FONT_SIZE * 0.6;
const LINE = 19;
const MARGIN = 18;

const BACKGROUND = "#1c2128";
const FOREGROUND = "#d7dde4";

/** Attributes of the SGR codes (ECMA-48) that the commands use. */
const STYLES: Readonly<Record<string, string>> = {
  "1": 'font-weight="bold"',
  "2": 'fill="#8b96a3"',
  "31": 'fill="#f47067"',
  "32": 'fill="#57ab5a"',
  "33": 'fill="#e0b341"',
  "35": 'fill="#dcbdfb"',
};

// eslint-disable-next-line no-control-regex -- what colours a terminal's text
const STYLED = /\u001b\[(\d*)m([^\u001b]*)/g;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

interface Run {
  readonly text: string;
  /** SGR code; undefined for plain text. */
  readonly style?: string;
}

/** The runs of one style in a line. */
function runsOf(line: string): Run[] {
  const first = line.indexOf("\u001b");
  if (first < 0) return [{ text: line }];
  const styled = [...line.slice(first).matchAll(STYLED)].map(([, code = "", text = ""]) =>
    code in STYLES ? { text, style: code } : { text },
  );
  return [{ text: line.slice(0, first) }, ...styled].filter(({ text }) => text !== "");
}

function lineOf(line: string, index: number): string {
  let column = 0;
  const spans = runsOf(line).map(({ text, style }) => {
    const x = (MARGIN + column * CHARACTER).toFixed(1);
    column += Array.from(text).length;
    const attributes = style === undefined ? "" : ` ${STYLES[style] ?? ""}`;
    return text.trim() === "" ? "" : `<tspan x="${x}"${attributes}>${escaped(text)}</tspan>`;
  });
  return `<text y="${MARGIN + (index + 1) * LINE - 5}">${spans.join("")}</text>`;
}

const widthOf = (line: string): number =>
  runsOf(line).reduce((width, { text }) => width + Array.from(text).length, 0);

/**
 * @param text what a command printed, with SGR codes
 * @param title what the picture shows, for those who do not see it
 */
export function terminalSvg(text: string, title: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  const width = Math.ceil(2 * MARGIN + Math.max(...lines.map(widthOf)) * CHARACTER);
  const height = 2 * MARGIN + lines.length * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${BACKGROUND}"/>`,
    `<g fill="${FOREGROUND}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="${FONT_SIZE}" xml:space="preserve">`,
    ...lines.map(lineOf),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
