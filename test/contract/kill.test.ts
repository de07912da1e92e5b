import assert from "node:assert/strict";
import { Random } from "../support/random";
import { SEED } from "../support/tier";
import { Harness, defaultNamed, failsWith } from "./harness";
import type { Provider } from "./provider";
import type { State } from "./state";
import { type Kind, KINDS, serviceTaskKind } from "./kinds";
import { type Moment, MOMENTS, type Passing, Tap } from "./tap";
import type { Props } from "./values";
import { contract } from "./part";

/** The requests of a create that carry its name, its task or its batch, in their order. */
const STEPS = ["look", "post", "show"] as const;
type Step = (typeof STEPS)[number];

/** A create that is cut off at one moment of one of its requests. */
interface Victim {
  readonly kind: Kind;
  readonly name: string;
  readonly step: Step;
  readonly moment: Moment;
  readonly args: Props;
  readonly sources: number;
}

/** Most turns of the event loop that a process gets between an answer and its death. */
const MAX_TURNS = 40;
/** Requests of one create, counted from one, that belong to no task: the token, and the list for the service's name. */
const TOKEN = 1;
const SERVICE_NAME = 5;
const POST = 3;

/** Options of the run after an interrupted one. */
const RESUME = { VIDEO_ANALYSIS_RESUME: "1" };

const LOGIN = {
  token: undefined,
  projectId: undefined,
  userName: "emulator-user",
  password: "emulator-password",
  domainName: "emulator-domain",
  // Held requests must not keep the others from starting.
  maxConcurrency: "200",
};

async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

function victimsOf(kind: Kind, random: Random): Victim[] {
  const victims: Victim[] = [];
  for (const step of STEPS) {
    for (const moment of MOMENTS) {
      for (const isDefault of [true, false]) {
        for (const sources of [1, 2 + random.below(2)]) {
          const name = `victim-${kind.service}-${victims.length}`;
          const given = kind.program(name, { ...kind.sources(sources), description: "hello world" });
          victims.push({ kind, name, step, moment, args: isDefault ? defaultNamed(given) : given, sources });
        }
      }
    }
  }
  return victims;
}

export const part = contract("killed creates", () => {
  const random = new Random(SEED);
  const victims = KINDS.flatMap((kind) => victimsOf(kind, random));
  const left = new Map<string, readonly string[]>();
  let harness: Harness;
  let recovery: Provider;

  const idsOf = (kind: Kind, name: string): string[] => kind.taskIds(harness.emulator, name);

  /** The create and the step that a request belongs to. */
  function subject({ method, path, body }: Passing): { name: string; step: Step } | undefined {
    const { pathname, searchParams } = new URL(path, "http://emulator");
    const name = searchParams.get("name_like");
    if (method === "GET" && name !== null) return { name, step: "look" };
    if (method === "POST" && pathname.endsWith("tasks")) {
      return { name: (JSON.parse(body) as { name: string }).name, step: "post" };
    }
    const { emulator } = harness;
    const batch = emulator.batches().find(({ id }) => id === searchParams.get("batch_id"));
    const shown = batch ?? emulator.tasks().find(({ id }) => pathname.endsWith(`/${id}`));
    return shown === undefined ? undefined : { name: shown.name, step: "show" };
  }

  /**
   * Starts all creates in one process, brings each to its point, and kills the process. Each makes requests of its own: they
   * start one after the other, and the lists that they could share are refused.
   */
  async function killAll(): Promise<void> {
    const tap = await Tap.open(harness.emulator.url);
    const run = await harness.newProcess(harness.config(LOGIN, tap.url));
    const byName = new Map(victims.map((victim) => [victim.name, victim]));
    const points = new Map(victims.map(({ name }) => [name, gate()]));
    const [answers, dead] = [gate(), gate()];
    tap.refuses = ({ method, path }) => {
      const { pathname, searchParams } = new URL(path, "http://emulator");
      const isList = method === "GET" && pathname.endsWith("tasks");
      return isList && !searchParams.has("name_like") && !searchParams.has("batch_id");
    };
    tap.watch = async (moment, passing) => {
      const about = subject(passing);
      const victim = byName.get(about?.name ?? "");
      if (victim === undefined || victim.step !== about?.step) return;
      if (moment !== (victim.moment === "arrived" ? "arrived" : "served")) return;
      points.get(victim.name)?.open();
      await (victim.moment === "answered" ? answers : dead).opened;
    };
    const creates: Promise<unknown>[] = [];
    const bringAll = async ({ service }: Kind): Promise<void> => {
      // A look waits for writes under way, so that those whose POST is held come last.
      const own = victims.filter(({ kind }) => kind.service === service);
      for (const step of ["look", "show", "post"] as const) {
        for (const { name, args } of own.filter((victim) => victim.step === step)) {
          const inputs = await run.check(args);
          creates.push(run.create(inputs).catch(() => undefined));
          await points.get(name)?.opened;
        }
      }
    };
    await Promise.all(KINDS.map(bringAll));
    answers.open();
    await pass(random.below(MAX_TURNS));
    await run.process.kill();
    dead.open();
    await Promise.all(creates);
    await tap.close();
    for (const { kind, name } of victims) left.set(name, idsOf(kind, name));
  }

  /** Lets a process of its own create, and kills it at that request. */
  async function killAt(request: number, at: Moment, args: Props): Promise<void> {
    const tap = await Tap.open(harness.emulator.url);
    const run = await harness.newProcess(harness.config(LOGIN, tap.url), RESUME);
    const turns = at === "answered" ? random.below(MAX_TURNS) : 0;
    tap.watch = async (moment, { number }) => {
      if (number !== request || moment !== at) return;
      await pass(turns);
      await run.process.kill();
    };
    const inputs = await run.check(args);
    // It fails with its process, unless it was faster than the signal.
    await run.create(inputs).catch(() => undefined);
    await run.process.kill();
    await tap.close();
  }

  before(async () => {
    harness = await Harness.open();
    await killAll();
    // The next run of the engine: a new process, the same checked inputs.
    recovery = await harness.newRun(undefined, RESUME);
  });
  after(() => harness.close());

  /** Of a given name, and where no read shows all arguments, the user decides: by the line that the error shows. */
  async function recover(kind: Kind, args: Props): Promise<State> {
    if (!("name" in args) && kind.features.unreadable.length === 0) return (await recovery.up(args)).state;
    let adopt = "";
    await assert.rejects(recovery.up(args), (error) => {
      adopt = /adopt: "([^"]+)"/.exec(String(error))?.[1] ?? "";
      return failsWith("NAME_TAKEN", /equals the arguments/)(error);
    });
    const { state } = await recovery.up({ ...args, adopt });
    assert.equal(state.id, adopt);
    return state;
  }

  for (const { kind, name, step, moment, args, sources } of victims) {
    const isGiven = "name" in args;
    const title = `${kind.title}: ${step} ${moment}, ${isGiven ? "given" : "default"} name, ${sources} input(s)`;
    const ids = (): string[] => idsOf(kind, name);
    it(`${title}: the next run makes no second task`, async () => {
      const found = left.get(name) ?? [];
      const created = step === "show" || (step === "post" && moment !== "arrived");
      // Behind an answered look the process may just have sent its POST.
      if (step === "look" && moment === "answered") assert.ok([0, sources].includes(found.length));
      else assert.equal(found.length, created ? sources : 0);
      const posts = harness.posts(name, kind);
      const { outputs } = found.length > 0 ? await recover(kind, args) : (await recovery.up(args)).state;
      const [recorded, live] = [outputs.taskIds as string[], ids()];
      // Those that were adopted are in the order in which the look found them.
      assert.deepEqual([...recorded].sort(), [...live].sort());
      if (found.length > 0) assert.deepEqual(live, found);
      assert.equal(ids().length, sources);
      assert.ok(harness.posts(name, kind) - posts <= (found.length > 0 ? 0 : 1));
    });
  }

  for (const [kind, request] of [
    ...KINDS.map((kind) => [kind, TOKEN] as const),
    [serviceTaskKind, SERVICE_NAME] as const,
  ]) {
    it(`${kind.title}: request ${request}, which belongs to no task: the next run makes no second task`, async () => {
      const name = `solo-${kind.service}-${request}`;
      const args = defaultNamed(kind.program(name));
      await killAt(request, random.pick(MOMENTS), args);
      assert.equal(idsOf(kind, name).length, request === TOKEN ? 0 : 1);
      await recovery.up(args);
      assert.equal(idsOf(kind, name).length, 1);
      assert.equal(harness.posts(name, kind), 1);
    });
  }

  for (const kind of KINDS) {
    it(`${kind.title}: stays safe when the next run dies too`, async () => {
      const name = `again-${kind.service}`;
      const args = defaultNamed(kind.program(name));
      await killAt(POST, "served", args);
      // There is no second POST: the request with that number is the look at the task that was found.
      await killAt(POST, "served", args);
      const { outputs } = await recover(kind, args);
      assert.deepEqual(outputs.taskIds, idsOf(kind, name));
      assert.equal(idsOf(kind, name).length, 1);
      assert.equal(harness.posts(name, kind), 1);
    });
  }
});
