import assert from "node:assert/strict";
import fc from "fast-check";
import { schedule } from "../../sdk";
import { ProgramError } from "../../sdk/errors";

const refusedWith = (text: RegExp) => (error: unknown) =>
  error instanceof ProgramError && error.code === "INVALID_SCHEDULE" && text.test(error.message);

describe("schedule: time zones", () => {
  const winter = new Date("2026-01-15T12:00:00Z");
  const summer = new Date("2026-07-15T12:00:00Z");

  it("knows the offset of a zone at a moment, in the form that plans take", () => {
    const found = [
      ["Europe/Berlin", winter, "+01:00"],
      ["Europe/Berlin", summer, "+02:00"],
      ["America/St_Johns", winter, "-03:30"],
      ["Asia/Shanghai", summer, "+08:00"],
      ["UTC", summer, "+00:00"],
      ["Europe/London", winter, "+00:00"],
    ] as const;
    for (const [zone, at, offset] of found) {
      assert.equal(schedule.offsetOf(zone, at), offset, zone);
      assert.equal(schedule.daily({ timezone: offset, windows: "08:00-09:00" }).serviceTask.timezone, offset);
    }
  });

  it("knows when the offset changes next, to the minute, or that it does not", () => {
    assert.equal(schedule.nextChange("Europe/Berlin", winter)?.toISOString(), "2026-03-29T01:00:00.000Z");
    assert.equal(schedule.nextChange("Europe/Berlin", summer)?.toISOString(), "2026-10-25T01:00:00.000Z");
    assert.equal(schedule.nextChange("America/New_York", winter)?.toISOString(), "2026-03-08T07:00:00.000Z");
    assert.equal(schedule.nextChange("Asia/Shanghai", winter), undefined);
  });

  it("has the offset before and after the change that it names", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"),
        fc.integer({ min: 0, max: 364 * 24 * 60 }),
        (zone, minutes) => {
          const from = new Date(Date.UTC(2026, 0, 1, 0, minutes));
          const at = schedule.nextChange(zone, from);
          assert.ok(at !== undefined && at > from);
          assert.equal(schedule.offsetOf(zone, new Date(at.getTime() - 1000)), schedule.offsetOf(zone, from));
          assert.notEqual(schedule.offsetOf(zone, at), schedule.offsetOf(zone, from));
        },
      ),
    );
  });

  it("refuses what is no zone", () => {
    assert.throws(() => schedule.offsetOf("Europe/Nowhere"), refusedWith(/Europe\/Nowhere/));
    assert.throws(() => schedule.nextChange(""), refusedWith(/zone/));
  });
});
