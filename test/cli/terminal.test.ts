/** Colours and columns. */
import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { WriteStream } from "node:tty";
import { painter, table } from "../../cli/output/terminal";

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
});
