/** Colours and columns. */
import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import fc from "fast-check";
import { ageOf } from "../../cli/output/age";
import { columnsOf, painter, table } from "../../cli/output/terminal";

/** A stream that says of itself that it is a terminal, or not. */
const streamOf = (isTTY: boolean): NodeJS.WriteStream =>
  Object.assign(new Writable(), {
    isTTY,
    getColorDepth: () => WriteStream.prototype.getColorDepth(),
  }) as unknown as NodeJS.WriteStream;

const RED = "\u001b[31mx\u001b[39m";

describe("reports on a terminal", () => {
  const kept = process.env;
  beforeEach(() => {
    process.env = { TERM: "xterm-256color" };
  });
  afterEach(() => (process.env = kept));

  it("are coloured on a terminal without NO_COLOR, and where it is asked for", () => {
    assert.equal(painter(undefined, streamOf(true))("red", "x"), RED);
    assert.equal(painter(undefined, streamOf(false))("red", "x"), "x");
    process.env.NO_COLOR = "1";
    assert.equal(painter(undefined, streamOf(true))("red", "x"), "x");
    assert.equal(painter(true, streamOf(false))("red", "x"), RED);
    assert.equal(painter(false, streamOf(true))("red", "x"), "x");
  });

  it("have columns as wide as what they show, beside lines that are none", () => {
    assert.deepEqual(
      table([[RED, "NAME", "END"], ["longer", "𝒩"], "a line by itself, as long as it is", ["", "", "end"]]),
      [`${RED}       NAME  END`, "longer  𝒩", "a line by itself, as long as it is", "              end"],
    );
    assert.deepEqual(table([]), []);
  });

  it("are coloured by FORCE_COLOR where they go to no terminal", () => {
    process.env.FORCE_COLOR = "1";
    assert.equal(painter(undefined, streamOf(false))("red", "x"), RED);
    assert.equal(painter(false, streamOf(false))("red", "x"), "x");
  });

  it("wrap the last column of a row behind its beginning, or below the row where that is too narrow", () => {
    const words = "a text of some words that go on";
    assert.deepEqual(table([["name", words]], 38), ["name  a text of some words that go on"]);
    assert.deepEqual(table([["name", words]], 36), ["name  a text of some words that go", "      on"]);
    const id = "x".repeat(50);
    assert.deepEqual(table([["a long name", "RUNNING", id]], 40), ["a long name  RUNNING", `    ${id}`]);
    assert.deepEqual(table([`  note: ${words}`], 20), [
      "  note: a text of",
      "    some words that",
      "    go on",
    ]);
  });

  it("fit any width that no word exceeds, and lose nothing", () => {
    const word = fc.stringMatching(/^[a-z]{1,10}$/);
    const cell = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(" "));
    fc.assert(
      fc.property(word, cell, fc.integer({ min: 16, max: 90 }), (name, text, width) => {
        const lines = table([[name, text]], width);
        assert.ok(lines.every((line) => line.length <= width));
        assert.equal(lines.join(" ").replace(/ +/g, " "), `${name} ${text}`);
      }),
    );
  });

  it("have the columns of the terminal, and no limit elsewhere", () => {
    assert.equal(columnsOf({ isTTY: true, columns: 80 }), 80);
    assert.equal(columnsOf({ isTTY: false, columns: 80 }), Infinity);
  });
});

describe("the age of a thing", () => {
  it("has its largest unit", () => {
    const now = Date.parse("2026-03-01T12:00:00Z");
    const ages = [
      "2026-03-01T11:59:50Z",
      "2026-03-01T09:00:00Z",
      "2026-02-01T12:00:00Z",
      "2024-01-01",
      "x",
      1,
    ];
    assert.deepEqual(
      ages.map((time) => ageOf(time, now)),
      ["10 s", "3 h", "28 d", "2 y", "", ""],
    );
  });
});
