/**
 * Random programs, edits, faults and kills for some time; afterwards a fault-free `up` converges, and a destroy
 * empties the services. `CHAOS_SECONDS` makes it longer.
 */
import assert from "node:assert/strict";
import type { Fault } from "../../../testkit/emulator";
import { Harness } from "../../contract/harness";
import { CallFailed, CheckFailed } from "../../contract/failures";
import type { Provider } from "../../contract/provider";
import type { Outcome } from "../../fault/resource";
import { type Member, newMember } from "./program";
import { Random } from "../../support/random";
import { SEED } from "../../support/tier";

const MS_PER_SECOND = 1000;
const DURATION = Number(process.env.CHAOS_SECONDS ?? 20) * MS_PER_SECOND;
/** Resources of the program at first, and at a time: a round costs the start of a process, however many there are. */
const FIRST_MEMBERS = 4;
const MOST_MEMBERS = 10;
/** A process is killed within so many requests of its round. */
const KILL_WITHIN = 25;
/** Fault-free runs until all is as wished: one, and more where the user is asked. */
const MOST_RUNS = 5;
/** The whole test: starts of processes and the end take their time beside the chaos itself. */
const LIMIT = DURATION + 160 * MS_PER_SECOND;

/** Effects come at once: no run can find one that comes after all name lookups. */
function anyFault(random: Random): Fault {
  const when = random.pick(["before", "after"] as const);
  const kinds: readonly Fault[] = [
    { kind: "latency", ms: random.below(100) },
    { kind: "throttle" },
    { kind: "throttle", retryAfter: 0 },
    { kind: "status", status: random.pick([500, 502, 503, 504]), when },
    { kind: "drop", when },
    { kind: "resetBody" },
    { kind: "malformed" },
    { kind: "truncated" },
    { kind: "emptyBody" },
    { kind: "unauthorizedExpired" },
    { kind: "forbidden" },
    { kind: "notPublished" },
    { kind: "wrongProject" },
    { kind: "slowDelete", ms: random.below(500) },
    { kind: "stuckPending" },
    { kind: "partialFailure" },
  ];
  const fault = random.pick(kinds);
  return { ...fault, times: 1 + random.below(3), after: random.below(12) };
}

/** Only what the package says to its user; a process that was killed says nothing. */
function assertOwn({ error }: Outcome, killed: boolean): void {
  if (error === undefined || killed) return;
  assert.ok(!(error instanceof CallFailed) || error.code !== "", error.message);
  // A replacement is refused while the program still adopts: that is a user's mistake, and his to correct.
  assert.ok(!(error instanceof CheckFailed) || error.properties.includes("adopt"), error.message);
}

describe("chaos", function () {
  this.timeout(LIMIT);
  let harness: Harness;
  let run: Provider | undefined;
  const members: Member[] = [];
  const random = new Random(SEED);
  const tally = { rounds: 0, steps: 0, failures: 0, kills: 0 };

  before(async () => {
    while (members.length < FIRST_MEMBERS) members.push(newMember(random));
    harness = await Harness.open({
      transitions: { pendingMs: 5, startingMs: 5, stoppingMs: 5, deletingMs: 5 },
    });
  });
  after(() => harness.close());

  /** Kills the process at one of its next requests. */
  function killSoon(victim: Provider): { readonly struck: () => boolean } {
    const at = harness.tap.passed + 1 + random.below(KILL_WITHIN);
    const moment = random.pick(["arrived", "served"] as const);
    let struck = false;
    harness.tap.watch = async (now, { number }) => {
      if (struck || number < at || now !== moment) return;
      struck = true;
      await victim.process.kill();
    };
    return { struck: () => struck };
  }

  /** Actions of the user between two runs. */
  function edit(): void {
    for (const member of members)
      if (member.settled && !member.leaving && random.percent(50)) member.edit(random);
    if (members.length < MOST_MEMBERS && random.percent(80)) members.push(newMember(random));
  }

  /** Tasks that have left the program and the state have no owner any more. */
  function forget(): void {
    for (const member of members.filter(({ leaving, resource }) => leaving && resource.ids.length === 0)) {
      members.splice(members.indexOf(member), 1);
    }
  }

  async function round(): Promise<void> {
    edit();
    run ??= await harness.newProcess();
    for (let faults = random.below(8); faults > 0; faults -= 1) harness.emulator.inject(anyFault(random));
    const kill = random.percent(50) ? killSoon(run) : undefined;
    if (members.length > 2 && random.percent(30)) {
      const left = members.find(({ settled }) => settled);
      if (left !== undefined) left.leaving = true;
    }
    const current = run;
    const outcomes = await Promise.all(members.map((member) => member.step(current, random)));
    harness.tap.watch = undefined;
    const killed = kill?.struck() ?? false;
    for (const outcome of outcomes) assertOwn(outcome, killed);
    tally.rounds += 1;
    tally.steps += outcomes.length;
    tally.failures += outcomes.filter(({ error }) => error !== undefined).length;
    tally.kills += killed ? 1 : 0;
    forget();
    if (random.percent(50)) harness.emulator.clearFaults();
    // Each run of the engine has a process of its own.
    if (!killed) await current.stop();
    run = undefined;
  }

  /** Tasks that hang in PENDING or failed in part are the service's to cure. */
  async function converge(member: Member): Promise<void> {
    for (let runs = 1; ; runs += 1) {
      const next = await harness.newProcess();
      const { error } = await member.advance(next);
      await next.stop();
      if (error === undefined) return;
      assert.ok(runs < MOST_RUNS, `${member.name} does not converge: ${error.message}`);
    }
  }

  it("is over, and everything is as the program says", async () => {
    const end = performance.now() + DURATION;
    while (performance.now() < end) await round();
    const { rounds, steps, failures, kills } = tally;
    process.stdout.write(
      `chaos: ${rounds} rounds, ${steps} steps of which ${failures} failed, ${kills} kills\n`,
    );
    harness.emulator.clearFaults();
    await Promise.all(members.map(converge));
    forget();
    for (const member of members) {
      const made = member.made(harness.emulator);
      const { kind } = member.subject;
      const [id = ""] = member.resource.ids;
      const sorted = (text: string): string => text.replace(/^.*\//, "").split(",").sort().join();
      assert.equal(sorted(id), sorted(kind.idFor(made)), `${member.name}: the state knows what is there`);
    }
    const names = new Set(members.map(({ name }) => name));
    const strangers = [...harness.emulator.tasks(), ...harness.emulator.batches()].filter(
      (task) => !names.has(task.name) && !("batch_id" in task),
    );
    assert.deepEqual(strangers, [], "nothing is left of what the program gave up");
    assert.ok(rounds > 0);
  });

  it("and a destroy empties the services", async () => {
    const last = await harness.newProcess();
    const outcomes = await Promise.all(members.map(({ resource }) => resource.destroy(last)));
    for (const { error } of outcomes) assert.equal(error, undefined, error?.message);
    assert.deepEqual([...harness.emulator.tasks(), ...harness.emulator.batches()], []);
  });
});
