import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { terminalSvg } from "../../scripts/picture/svg";
import { REPOSITORY } from "./pages";

/** The lines of text in a picture, as a reader sees them, but for the spaces between columns. */
function linesIn(svg: string): string[] {
  return [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line = ""]) =>
    line
      .replaceAll("</tspan>", " ")
      .replace(/<[^>]*>/g, "")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

describe("pictures of a terminal", () => {
  it("show every line, with colours, and nothing as markup", () => {
    const svg = terminalSvg(
      "plain \u001b[33mchanged\u001b[0m  <b> & c\n\n\u001b[1mlast\u001b[0m\n",
      "A <title>",
    );
    assert.deepEqual(linesIn(svg), ["plain changed <b> & c", "", "last"]);
    assert.match(svg, /<title>A &lt;title&gt;<\/title>/);
    assert.match(svg, /<tspan x="\d+\.\d" fill="#[0-9a-f]{6}">changed<\/tspan>/);
    assert.ok(!svg.includes("\u001b") && !svg.includes("<b>"));
  });

  it("put a word where its column is, whatever stands before it", () => {
    const at = (line: string): string | undefined =>
      /<tspan x="([\d.]+)"[^>]*>here</.exec(terminalSvg(line, ""))?.[1];
    assert.equal(at("\u001b[31mab\u001b[0m  \u001b[1mhere"), at("    \u001b[1mhere"));
  });

  it("in the README are what `npm run picture` wrote: a report of drift", () => {
    const lines = linesIn(readFileSync(path.join(REPOSITORY, "docs", "pictures", "drift.svg"), "utf8"));
    assert.equal(lines[1], "STATUS RESOURCE PROPERTY RECORDED LIVE");
    assert.match(lines.at(-1) ?? "", /^Drift\. 7 resources: /);
  });
});
