import assert from "node:assert/strict";
import fc from "fast-check";
import { backoff, CAP_MS, FAULT_BASE_MS, THROTTLED_BASE_MS } from "../../provider/services/http/backoff";

describe("backoff", () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  it("stays between zero and a doubling ceiling, and below the cap", () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        chance,
        fc.constantFrom(FAULT_BASE_MS, THROTTLED_BASE_MS),
        (retry, random, base) => {
          const pause = backoff(retry, base, random);
          assert.ok(pause >= 0 && pause <= CAP_MS && pause <= base * 2 ** retry);
        },
      ),
    );
  });

  it("uses the whole range: chance decides, not the attempt alone", () => {
    assert.equal(backoff(3, FAULT_BASE_MS, 0), 0);
    assert.equal(backoff(3, FAULT_BASE_MS, 0.5), 400);
    assert.equal(backoff(0, THROTTLED_BASE_MS, 0.5), 250);
  });
});
