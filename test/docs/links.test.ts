import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as path from "node:path";
import { type Link, pages, REPOSITORY } from "./pages";

/** Hosts of package registries: pages name packages, not where they are downloaded from. */
const REGISTRIES = /(?:^|\.)(?:npmjs\.(?:org|com)|yarnpkg\.com|pypi\.org|proxy\.golang\.org)$/;

const links = pages.flatMap(({ file, links: found }) => found.map((link) => ({ file, ...link })));
const isExternal = ({ target }: Link): boolean => /^[a-z][a-z+.-]*:/i.test(target);
const anchors = new Map(pages.map((page) => [page.file, page.anchors]));

/** Problems of a link inside the repository. */
function problemOf({ file, place, target }: Link & { file: string }): string[] {
  const [to = "", anchor] = target.split("#");
  const found = to === "" ? file : path.posix.join(path.posix.dirname(file), to);
  if (found.startsWith("..") || !existsSync(path.join(REPOSITORY, found))) return [`${place}: no ${found}`];
  if (anchor === undefined) return [];
  const known = anchors.get(found);
  return known?.has(anchor) === true ? [] : [`${place}: no #${anchor} in ${found}`];
}

function externalProblemOf({ place, target }: Link): string[] {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const plain = url?.protocol === "https:" && url.username === "" && url.hostname.includes(".");
  return plain && !REGISTRIES.test(url.hostname) ? [] : [`${place}: ${target}`];
}

describe("links of the pages", () => {
  it("lead to files and headings that exist", () => {
    const own = links.filter((link) => !isExternal(link));
    assert.ok(own.length > 20);
    assert.deepEqual(own.flatMap(problemOf), []);
  });

  it("are https where they lead elsewhere", () => {
    const external = links.filter(isExternal);
    assert.ok(external.length > 0);
    assert.deepEqual(external.flatMap(externalProblemOf), []);
  });

  it("reach every page of docs/ from its index", () => {
    const index = pages.find(({ file }) => file === "docs/README.md");
    const linked = new Set(
      index?.links.map(({ target }) => path.posix.join("docs", target.split("#")[0] ?? "")),
    );
    assert.deepEqual(
      pages
        .map(({ file }) => file)
        .filter((file) => file.startsWith("docs/") && file !== index?.file && !linked.has(file)),
      [],
    );
  });
});
