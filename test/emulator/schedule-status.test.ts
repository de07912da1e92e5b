import assert from "node:assert/strict";
import type { JsonObject } from "../../testkit/emulator";
import { Caller, IEF, iefTask } from "./support";

describe("emulator: schedule_status", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const status = async (schedule: JsonObject, at: string): Promise<unknown> => {
    const id = await caller.made(IEF, iefTask("t", { schedule: { timezone: "+00:00", ...schedule } }));
    caller.emulator.advance(Date.parse(at) - caller.emulator.clock.now());
    const { json } = await caller.show(IEF, id);
    return json["schedule_status"];
  };
  const period = (type: string, begin_at: string, end_at: string, more: JsonObject = {}): JsonObject => ({
    type,
    execution_mode: "period",
    periods: [{ begin_at, end_at }],
    ...more,
  });
  const frequency = {
    type: "daily",
    execution_mode: "frequency",
    frequency: { interval: 10, duration: 5, begin_at: "08:00:00", end_at: "20:00:00" },
  };
  const active: [string, JsonObject, string, string][] = [
    ["daily", period("daily", "08:00:00", "20:00:00"), "2025-01-01T12:00:00Z", "2025-01-01T20:00:00Z"],
    [
      "daily in another time zone",
      period("daily", "08:00:00", "20:00:00", { timezone: "+08:00" }),
      "2025-01-01T00:00:00Z",
      "2025-01-01T12:00:00Z",
    ],
    [
      "past midnight",
      period("daily", "22:00:00", "02:00:00"),
      "2025-01-01T01:00:00Z",
      "2025-01-01T03:00:00Z",
    ],
    [
      "once",
      period("once", "2025-01-02T08:00:00", "2025-01-02T09:00:00"),
      "2025-01-02T08:30:00Z",
      "2025-01-03T08:30:00Z",
    ],
    [
      "weekly",
      period("weekly", "08:00:00", "20:00:00", { days_of_week: [7] }),
      "2025-01-05T12:00:00Z",
      "2025-01-06T12:00:00Z",
    ],
    [
      "monthly",
      period("monthly", "08:00:00", "20:00:00", { days_of_month: [31] }),
      "2025-01-31T12:00:00Z",
      "2025-02-01T12:00:00Z",
    ],
    ["by frequency", frequency, "2025-01-01T08:16:00Z", "2025-01-01T08:21:00Z"],
  ];
  for (const [title, schedule, inside, outside] of active) {
    it(title, async () => {
      assert.equal(await status(schedule, inside), "ACTIVATED");
      assert.equal(await status(schedule, outside), "INACTIVATED");
    });
  }

  it("goes with a state of its own outside the window when that is configured", async () => {
    caller.emulator.configure({ outsideWindowState: "STOPPED" });
    const schedule = { ...period("daily", "08:00:00", "20:00:00"), timezone: "+00:00" };
    const id = await caller.made(IEF, iefTask("t", { schedule }));
    caller.emulator.advance(1000);
    assert.equal(await caller.stateOf(IEF, id), "STOPPED");
    caller.emulator.advance(12 * 3_600_000);
    assert.equal(await caller.stateOf(IEF, id), "RUNNING");
  });
});
