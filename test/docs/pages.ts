/** The Markdown pages of the repository, taken apart: links, headings and blocks of code. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

/** The repository, seen from the compiled test. */
export const REPOSITORY = path.resolve(__dirname, "../../..");

export interface Block {
  /** Repository path and line, for messages. */
  readonly place: string;
  /** First word behind the fence: `ts`. */
  readonly language: string;
  /** The words behind it: `fragment`. */
  readonly marks: readonly string[];
  readonly text: string;
}

export interface Link {
  readonly place: string;
  readonly target: string;
}

export interface Page {
  /** Repository path, with slashes. */
  readonly file: string;
  readonly blocks: readonly Block[];
  readonly links: readonly Link[];
  /** Names that a link may have after `#`. */
  readonly anchors: ReadonlySet<string>;
}

function filesIn(folder: string): string[] {
  const absolute = path.join(REPOSITORY, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.includes("node_modules"))
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")));
}

const FENCE = /^\s*```(.*)$/;

/** Blocks of code, and every other line with its number. */
function split(file: string, text: string): { blocks: Block[]; prose: [string, number][] } {
  const blocks: Block[] = [];
  const prose: [string, number][] = [];
  let open: { start: number; info: string; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = FENCE.exec(line)?.[1];
    if (open === undefined && fence === undefined) prose.push([line, index + 1]);
    else if (open === undefined) open = { start: index + 1, info: fence ?? "", lines: [] };
    else if (fence === undefined) open.lines.push(line);
    else {
      const [language = "", ...marks] = open.info.trim().split(/\s+/);
      blocks.push({ place: `${file}:${open.start}`, language, marks, text: `${open.lines.join("\n")}\n` });
      open = undefined;
    }
  }
  if (open !== undefined) throw new Error(`${file}:${open.start}: the block does not end.`);
  return { blocks, prose };
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

function anchorsIn(prose: readonly [string, number][]): Set<string> {
  const anchors = new Set<string>();
  for (const [line] of prose) {
    const heading = /^#{1,6} (.*)$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const anchor = anchorOf(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count += 1) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

function linksIn(file: string, prose: readonly [string, number][]): Link[] {
  return prose.flatMap(([line, number]) => {
    const text = line.replace(/`[^`]*`/g, "");
    const found = [...text.matchAll(/\]\(([^)\s]+)[^)]*\)|^\s*\[[^\]]+\]:\s+(\S+)|<(https?:[^>]+)>/g)];
    return found.map(([, inline, reference, bare]) => ({
      place: `${file}:${number}`,
      target: inline ?? reference ?? bare ?? "",
    }));
  });
}

function pageOf(file: string): Page {
  const { blocks, prose } = split(file, readFileSync(path.join(REPOSITORY, file), "utf8"));
  return { file, blocks, links: linksIn(file, prose), anchors: anchorsIn(prose) };
}

export const pages: readonly Page[] = [
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"],
  ...filesIn("docs"),
  ...filesIn("examples"),
].map(pageOf);

export const blocksOf = (...languages: readonly string[]): Block[] =>
  pages.flatMap(({ blocks }) => blocks).filter(({ language }) => languages.includes(language));
