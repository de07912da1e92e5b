/** Operations at the same time share lists: whatever becomes of these, each task is made once and gone when a delete says so. */
import assert from "node:assert/strict";
import type { Fault } from "../../testkit/emulator";
import { CallFailed } from "./failures";
import { Harness, until } from "./harness";
import { type Kind, KINDS } from "./kinds";
import { numbered } from "./kinds/kind";
import type { State } from "./state";
import { isFullTier } from "../support/tier";
import { contract } from "./part";

/** Resources of a wave. */
const COUNT = 12;

/** The resource whose name somebody else's task has. */
const TAKEN = 4;

/** Duration of DELETING, in milliseconds. */
const DELETING_MS = 300;

/** What lists answer for a while. */
const WEATHER: Readonly<Record<string, Fault>> = {
  "miss the last write": { kind: "staleList", times: 4 },
  "miss twenty writes": { kind: "staleList", count: 20, times: 4 },
  "are unavailable": { kind: "status", status: 503, times: 3 },
  "are throttled": { kind: "throttle", times: 3 },
  "are refused once": { kind: "forbidden", times: 1 },
  "lose their connection": { kind: "drop", times: 3 },
  "are cut off": { kind: "truncated", times: 3 },
  "are of another form": { kind: "malformed", body: "{}", times: 3 },
};

export const part = contract("shared lists", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open({ transitions: { deletingMs: DELETING_MS } });
    await harness.start();
  });
  afterEach(() => harness.emulator.clearFaults());
  after(() => harness.close());

  const spoil = (kind: Kind, fault: Fault): void =>
    void harness.emulator.inject({
      ...fault,
      match: { operation: kind.operations.list, service: kind.service },
    });

  for (const [place, kind] of KINDS.entries()) {
    // The kinds share the code: in the fast tier each answer is met by one of them.
    const answers = Object.entries(WEATHER).filter(
      (_, index) => isFullTier || index % KINDS.length === place,
    );
    for (const [title, fault] of answers) {
      it(`${kind.title}: creates and deletes at the same time, where lists ${title}`, async () => {
        const name = (number: number): string => `${title.replaceAll(" ", "-")}-${number}`;
        const made = (number: number): string[] => kind.made(harness.emulator, name(number));
        // A list that misses the last writes misses the others' task, too, with or without others who look.
        const isTaken = fault.kind !== "staleList";
        if (isTaken) await harness.lost(kind, kind.program(name(TAKEN), { description: "somebody's" }));

        const creating = await harness.newRun();
        spoil(kind, fault);
        const steps = await Promise.allSettled(
          numbered(COUNT, (number) => creating.up(kind.program(name(number)))),
        );
        const states: (State | undefined)[] = steps.map((step, index) => {
          if (step.status === "fulfilled") return step.value.state;
          const error: unknown = step.reason;
          assert.ok(isTaken && index === TAKEN - 1 && error instanceof CallFailed, String(error));
          assert.equal(error.code, "NAME_TAKEN");
          return undefined;
        });
        assert.equal(states.filter((state) => state === undefined).length, isTaken ? 1 : 0);
        for (const number of numbered(COUNT, (each) => each)) assert.equal(made(number).length, 1);

        harness.emulator.clearFaults();
        const deleting = await harness.newRun();
        spoil(kind, fault);
        await Promise.all(
          states.map(async (state, index) => {
            if (state === undefined) return;
            await deleting.delete(state);
            // A list from before the create lacks what the service has accepted to delete.
            if (!("count" in fault)) assert.deepEqual(made(index + 1), [], name(index + 1));
          }),
        );
        await until(() => numbered(COUNT, made).flat().length === (isTaken ? 1 : 0));
        assert.equal(made(TAKEN).length, isTaken ? 1 : 0);
      });
    }
  }
});
