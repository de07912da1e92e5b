/** Pages and headings that the sources cite. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { pages, REPOSITORY } from "./pages";

const ROOMS = ["provider", "sdk", "cli", "testkit", "tools"];

/** A path of the repository, the name of a page in docs/, or a path from the page that a tool writes. */
const PAGE = /(?:\.{0,2}[\w-]*\/)*[\w.-]+\.md\b/g;
/** Files of other projects, or made by a command, that sources name. */
const ELSEWHERE: ReadonlySet<string> = new Set(["summary.md"]);
/** `docs/api-notes.md, "Names"`. */
const HEADING = /((?:[\w-]+\/)*[\w-]+\.md), "([^"]+)"/g;
/** Documents that the repository does not have. */
const UNPUBLISHED = /\bdesign section\b|\bfacts\.md\b|\bpulumi\.md\b|\bmodels\.md\b|\bissue \d+\b/;
/** Only files with one of these are parsed, which takes time. */
const CANDIDATE = new RegExp(`\\.md\\b|${UNPUBLISHED.source}`);

const known = new Set(pages.map(({ file }) => file));
function headingsOf(file: string | undefined): string[] {
  if (file === undefined) return [];
  const text = readFileSync(path.join(REPOSITORY, file), "utf8");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading);
}

interface Text {
  readonly place: string;
  readonly text: string;
}

/** Comments, with the borders of their lines taken away, and literals of one file. */
function textsOf(file: string): Text[] {
  const source = readFileSync(path.join(REPOSITORY, file), "utf8");
  if (!CANDIDATE.test(source)) return [];
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const texts: Text[] = [];
  const add = (start: number, text: string): void => {
    const line = tree.getLineAndCharacterOfPosition(start).line + 1;
    texts.push({ place: `${file}:${line}`, text: text.replace(/\s*\n\s*(?:\*|\/\/)? */g, " ") });
  };
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node);
    if (isText && !ts.isImportDeclaration(node.parent)) add(node.getStart(tree), node.text);
    if (node.getChildCount(tree) > 0) {
      node.getChildren(tree).forEach(visit);
      return;
    }
    for (const { pos, end } of ts.getLeadingCommentRanges(source, node.getFullStart()) ?? []) {
      add(pos, source.slice(pos, end));
    }
  };
  visit(tree);
  return texts;
}

function sources(): string[] {
  return ROOMS.flatMap((room) =>
    readdirSync(path.join(REPOSITORY, room), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[cm]?ts$|\.[cm]js$/.test(name) && !name.includes("node_modules"))
      .map((name) => path.posix.join(room, name.split(path.sep).join("/"))),
  );
}

/** Where a page may be: in the repository, in docs/, or beside a page of docs/reference. */
const pageOf = (cited: string): string | undefined =>
  [cited, path.posix.join("docs", cited), path.posix.join("docs/reference", cited)].find((file) =>
    known.has(file),
  );

describe("citations of the sources", () => {
  let texts: readonly Text[];

  before(() => {
    texts = sources().flatMap(textsOf);
    assert.ok(texts.filter(({ text }) => text.includes(".md")).length > 20);
  });

  it("name pages that exist", () => {
    const missing = texts.flatMap(({ place, text }) =>
      [...text.matchAll(PAGE)]
        .map(([cited]) => cited)
        .filter((cited) => !ELSEWHERE.has(cited) && pageOf(cited) === undefined)
        .map((cited) => `${place}: no ${cited}`),
    );
    assert.deepEqual(missing, []);
  });

  it("name headings that exist", () => {
    const cited = texts.flatMap(({ place, text }) =>
      [...text.matchAll(HEADING)].map(([, file = "", heading = ""]) => ({ place, file, heading })),
    );
    assert.ok(cited.length > 0);
    assert.deepEqual(
      cited.filter(({ file, heading }) => !headingsOf(pageOf(file)).includes(heading)),
      [],
    );
  });

  it("name no document that the repository does not have", () => {
    assert.deepEqual(
      texts.filter(({ text }) => UNPUBLISHED.test(text)),
      [],
    );
  });
});
