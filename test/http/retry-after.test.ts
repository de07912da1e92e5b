import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRetryAfter } from "../../provider/services/http/retry-after";
import { anyText } from "./support";

const NOW = Date.parse("2026-01-01T00:00:00Z");

describe("Retry-After", () => {
  it("takes seconds", () => {
    assert.equal(parseRetryAfter("0", NOW), 0);
    assert.equal(parseRetryAfter(" 120 ", NOW), 120_000);
  });

  it("takes dates of all three HTTP forms, on the server's clock", () => {
    assert.equal(parseRetryAfter("Thu, 01 Jan 2026 00:00:05 GMT", NOW), 5000);
    assert.equal(parseRetryAfter("Thursday, 01-Jan-26 00:00:05 GMT", NOW), 5000);
  });

  it("never asks to wait for a date in the past", () => {
    assert.equal(parseRetryAfter("Wed, 31 Dec 2025 23:00:00 GMT", NOW), 0);
  });

  for (const text of [undefined, "", "-1", "1.5", "soon", "2026-01-01", "Mon, nonsense"]) {
    it(`ignores ${JSON.stringify(text)}`, () => assert.equal(parseRetryAfter(text, NOW), undefined));
  }

  it("is total: any text gives nothing or a time that is not negative", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const wait = parseRetryAfter(text, NOW);
        assert.ok(wait === undefined || wait >= 0);
      }),
    );
  });
});
