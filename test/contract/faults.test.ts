import assert from "node:assert/strict";
import type { Fault } from "../../testkit/emulator";
import { AWAITED, Harness, edgeArgs, failsWith, iefArgs, until } from "./harness";
import { SPEED } from "../support/preload";
import { CallFailed } from "./failures";
import type { State } from "./state";
import { type Kind, KINDS, serviceTaskKind } from "./kinds";
import type { Props } from "./values";
import { contract } from "./part";

/** Result of a create: the state, or the error. */
type Outcome = State | CallFailed;

interface Case {
  readonly title: string;
  readonly faults: readonly Fault[];
  /** POSTs that reached the service. */
  readonly posts: number;
  /** How many sources the program names; one if left out. */
  readonly sources?: number;
}

const LOST: Fault = { kind: "drop", when: "after" };

/** Each ends in one task. All run at once: the looks after a lost answer take up to five seconds. */
const ONE_TASK: readonly Case[] = [
  { title: "a connection lost before the effect", posts: 2, faults: [{ kind: "drop" }] },
  { title: "a connection lost after the effect", posts: 1, faults: [LOST] },
  ...[500, 502, 503].flatMap((status): Case[] => [
    { title: `a ${status} before the effect`, posts: 2, faults: [{ kind: "status", status }] },
    { title: `a ${status} after the effect`, posts: 1, faults: [{ kind: "status", status, when: "after" }] },
  ]),
  { title: "a 504 after the effect", posts: 1, faults: [{ kind: "status", status: 504, when: "after" }] },
  { title: "a page of a proxy in place of the answer", posts: 1, faults: [{ kind: "malformed" }] },
  { title: "a truncated answer", posts: 1, faults: [{ kind: "truncated" }] },
  { title: "an empty answer", posts: 1, faults: [{ kind: "emptyBody" }] },
  { title: "an answer whose connection is reset", posts: 1, faults: [{ kind: "resetBody" }] },
  { title: "an answer of another shape", posts: 1, faults: [{ kind: "malformed", body: '{"ids":["x"]}' }] },
  { title: "two lost connections, the second after the effect", posts: 2, faults: [{ kind: "drop" }, LOST] },
  {
    title: "a lost answer with two inputs, which make a group",
    posts: 1,
    faults: [LOST],
    sources: 2,
  },
];

/** Refusals by the codes of each service. */
const ANSWERS: Readonly<Record<Kind["title"], readonly [string, Fault, string, RegExp][]>> = {
  ServiceTask: [
    [
      "a missing service",
      { kind: "status", status: 404, code: "ModelArts.3502" },
      "SERVICE_NOT_FOUND",
      /serviceId/,
    ],
    ["a quota", { kind: "status", status: 400, code: "ModelArts.3521" }, "REQUEST_FAILED", /quota/],
  ],
  BatchTask: [
    ["a quota", { kind: "status", status: 400, code: "VIAS.0010048" }, "REQUEST_FAILED", /quota/],
    ["a name that is taken", { kind: "status", status: 400, code: "VIAS.00010011" }, "NAME_TAKEN", /name/],
  ],
  VideoAnalysisJob: [
    [
      "a missing service",
      { kind: "status", status: 404, code: "IVA.0005" },
      "SERVICE_NOT_FOUND",
      /serviceName.*serviceVersion/,
    ],
    ["a quota", { kind: "status", status: 400, code: "IVA.0012" }, "REQUEST_FAILED", /quota/],
  ],
};

const told = (outcome: Outcome | undefined): string =>
  outcome instanceof CallFailed ? outcome.message : `created ${String(outcome?.id)}`;

export const part = contract("faults of a create", () => {
  let harness: Harness;
  before(async () => {
    harness = await Harness.open();
    await harness.start();
  });
  after(() => harness.close());
  afterEach(() => harness.emulator.clearFaults());

  async function outcomeOf(
    kind: Kind,
    args: Props,
    faults: readonly Fault[],
    run = harness.provider,
  ): Promise<Outcome> {
    const inputs = await run.check(args);
    for (const fault of faults) {
      harness.emulator.inject({
        ...fault,
        match: { operation: kind.operations.create, name: String(args.name), ...fault.match },
      });
    }
    try {
      return await run.create(inputs);
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      return error;
    }
  }

  describe("end in exactly one task after", () => {
    const outcomes = new Map<string, Outcome>();
    const nameOf = (kind: Kind, item: Case): string => `fault-${kind.service}-${ONE_TASK.indexOf(item)}`;
    before(async () => {
      const all = KINDS.flatMap((kind) => ONE_TASK.map((item) => ({ kind, item })));
      await Promise.all(
        all.map(async ({ kind, item }) => {
          const name = nameOf(kind, item);
          const args = kind.program(name, kind.sources(item.sources ?? 1));
          outcomes.set(name, await outcomeOf(kind, args, item.faults));
        }),
      );
    });

    for (const kind of KINDS) {
      for (const item of ONE_TASK) {
        it(`${item.title}: ${kind.title}`, () => {
          const name = nameOf(kind, item);
          const outcome = outcomes.get(name);
          assert.ok(outcome !== undefined && !(outcome instanceof CallFailed), told(outcome));
          assert.equal(outcome.id, kind.idFor(kind.made(harness.emulator, name)));
          const tasks = kind.taskIds(harness.emulator, name);
          assert.equal(tasks.length, item.sources ?? 1);
          assert.deepEqual(outcome.outputs.taskIds, tasks);
          assert.equal(harness.posts(name, kind), item.posts);
        });
      }
    }

    it("and say so", () =>
      until(() => /the answer was lost .* looking for the task by its name/.test(harness.output)));
  });

  it("find the task on Edge too, whose lists have no filter", async () => {
    const outcome = await outcomeOf(serviceTaskKind, edgeArgs("edge-lost"), [LOST]);
    assert.ok(!(outcome instanceof CallFailed), told(outcome));
    assert.equal(harness.posts("edge-lost"), 1);
    assert.equal(harness.tasksNamed("edge-lost").length, 1);
  });

  for (const kind of KINDS) {
    describe(kind.title, () => {
      it("look again where the first list is stale", async () => {
        // The first list is the look before the create.
        harness.emulator.inject({ kind: "staleList", after: 1 });
        const outcome = await outcomeOf(kind, kind.program("stale"), [LOST]);
        assert.ok(!(outcome instanceof CallFailed), told(outcome));
        assert.equal(harness.posts("stale", kind), 1);
        assert.equal(kind.made(harness.emulator, "stale").length, 1);
      });

      it("wait as long as a 429 asks for, and send the request again", async () => {
        const begin = performance.now();
        const retryAfter = 20;
        const outcome = await outcomeOf(kind, kind.program("throttled"), [{ kind: "throttle", retryAfter }]);
        assert.ok(!(outcome instanceof CallFailed), told(outcome));
        const took = performance.now() - begin;
        assert.ok(took >= (retryAfter * 1000) / SPEED, `waits, not only ${took} ms`);
        assert.ok(took < retryAfter * 1000, `on the clock of the test, not ${took} ms`);
        assert.equal(harness.posts("throttled", kind), 2);
        assert.match(harness.provider.output, /^(throttled: )?\w+ answered 429; next try in \d+ s$/m);
        assert.equal(kind.made(harness.emulator, "throttled").length, 1);
      });

      it("do not wait for a 429 that asks for more than there is", async () => {
        const args = kind.program("throttled-long", { timeouts: { create: AWAITED } });
        const run = await harness.newRun();
        const outcome = await outcomeOf(kind, args, [{ kind: "throttle", retryAfter: 3600 }], run);
        assert.ok(failsWith("TIMEOUT", /asks to wait 36/)(outcome), told(outcome));
        assert.equal(kind.made(harness.emulator, "throttled-long").length, 0);
      });

      const REFUSED: readonly [string, Fault, string, RegExp][] = [
        ...ANSWERS[kind.title],
        ["a call that the gateway does not know", { kind: "notPublished" }, "REQUEST_FAILED", /endpoints/],
        ["a missing permission", { kind: "forbidden" }, "REQUEST_FAILED", /permission/],
      ];
      for (const [index, [title, fault, code, text]] of REFUSED.entries()) {
        it(`report ${title} at once`, async () => {
          const outcome = await outcomeOf(kind, kind.program(`refused-${index}`), [fault]);
          assert.ok(failsWith(code, text)(outcome), told(outcome));
          assert.equal(harness.posts(`refused-${index}`, kind), 1);
        });
      }
    });
  }

  describe("and expired tokens", () => {
    it("obtain a new token where the old one has expired", async () => {
      const login = {
        userName: "emulator-user",
        password: "emulator-password",
        domainName: "emulator-domain",
      };
      const run = await harness.newRun(harness.config({ token: undefined, ...login }));
      await run.up(iefArgs("token-before"));
      harness.emulator.expireTokens();
      await run.up(iefArgs("token-after"));
      const outcome = await outcomeOf(
        serviceTaskKind,
        iefArgs("token-meanwhile"),
        [{ kind: "unauthorizedExpired" }],
        run,
      );
      assert.ok(!(outcome instanceof CallFailed), told(outcome));
      assert.equal(harness.posts("token-meanwhile"), 2);
      assert.equal(harness.tasksNamed("token-meanwhile").length, 1);
      // Each way to say so, with either status, takes one new token and one more request.
      for (const form of ["update", "expires", "decrypt"] as const) {
        for (const status of [401, 403] as const) {
          const name = `token-${form}-${status}`;
          harness.emulator.clearRequests();
          const again = await outcomeOf(
            serviceTaskKind,
            iefArgs(name),
            [{ kind: "unauthorizedExpired", form, status }],
            run,
          );
          assert.ok(!(again instanceof CallFailed), told(again));
          assert.deepEqual(
            [harness.posts(name), harness.emulator.calls({ operation: "createToken" }).length],
            [2, 1],
          );
        }
      }
      const forever = { kind: "unauthorizedExpired", form: "expires", status: 403, times: null } as const;
      const refused = await outcomeOf(serviceTaskKind, iefArgs("token-never"), [forever], run);
      harness.emulator.clearFaults();
      assert.ok(
        failsWith("REQUEST_FAILED", /APIGW\.0301.*VIDEO_ANALYSIS_CREDENTIALS/)(refused),
        told(refused),
      );
      assert.equal(harness.posts("token-never"), 2);
      // A token that was given cannot be renewed.
      const fixed = await outcomeOf(serviceTaskKind, iefArgs("token-fixed"), []);
      assert.ok(failsWith("REQUEST_FAILED", /token must be updated|APIG\.0307/i)(fixed), told(fixed));
      assert.equal(harness.tasksNamed("token-fixed").length, 0);
    });
  });
});
