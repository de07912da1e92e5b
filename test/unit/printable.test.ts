import assert from "node:assert/strict";
import fc from "fast-check";
import { makePrintable, printable } from "../../provider/common/printable";

/** Characters that a terminal obeys instead of showing them; line breaks and tabs are for the reader. */
// eslint-disable-next-line no-control-regex -- these are what it is for
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const odd = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });

describe("printable texts", () => {
  it("hold nothing that a terminal obeys, and keep their lines", () => {
    assert.equal(
      printable("\u001b]0;a\u0007b\r\n\tc\u009bd\u202ee"),
      "\\u001b]0;a\\u0007b\n\tc\\u009bd\\u202ee",
    );
    fc.assert(
      fc.property(odd, (text) => {
        const shown = printable(text);
        assert.doesNotMatch(shown, OBEYED);
        assert.equal(printable(shown), shown);
        const lines = text.replaceAll("\r\n", "\n").split("\n").length;
        assert.equal(shown.split("\n").length, lines);
      }),
    );
  });

  it("mean the same inside of JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), odd, (value, text) => {
        const json = [value, text, { [text]: value }];
        assert.deepEqual(JSON.parse(printable(JSON.stringify(json))), JSON.parse(JSON.stringify(json)));
      }),
    );
  });

  it("are those of any error, and whatever else is thrown stays as it is", () => {
    const named = makePrintable(new TypeError("\u001b[2J"));
    assert.equal(named.message, "\\u001b[2J");
    assert.doesNotMatch(named.stack ?? "", OBEYED);
    const getter = makePrintable(new DOMException("\u001b[2J", "AbortError"));
    assert.equal(getter.message, "\\u001b[2J");
    const frozen = Object.freeze(new Error("x"));
    for (const thrown of [frozen, "text", undefined, 7]) assert.equal(makePrintable(thrown), thrown);
  });
});
