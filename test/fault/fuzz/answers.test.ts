/** Whatever a service answers, a hook ends in a result or in an error of the package, and keeps the ids it has. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { KINDS } from "../../contract/kinds";
import { plain } from "../../contract/values";
import type { PropertyMap } from "../../../provider/common/json";
import { type Answer, anyJson, FuzzHarness, mutated, LIMIT, PATIENT, programOf, settled } from "./support";

const STATUSES = [200, 201, 202, 204, 301, 400, 401, 403, 404, 405, 408, 409, 418, 429, 500, 502, 503, 504];

/** Where no object comes, there is nothing to change. */
function changedBody(body: string, change: (valid: PropertyMap) => PropertyMap): string {
  if (body === "") return body;
  return JSON.stringify(change({ body: JSON.parse(body) as unknown }).body);
}

/** A change of answers that is drawn once and made at every answer, or at the n-th only. */
const spoiling = fc.record({
  at: fc.option(fc.nat(4), { nil: undefined }),
  change: fc.oneof(
    fc
      .tuple(fc.constantFrom(...STATUSES), anyJson)
      .map(([status, body]) => (): Answer => ({ status, body: JSON.stringify(body) })),
    anyJson.map((body) => ({ status }: Answer): Answer => ({ status, body: JSON.stringify(body) })),
    fc.constantFrom(...STATUSES).map((status) => ({ body }: Answer): Answer => ({ status, body })),
    fc.gen().map((gen) => ({ status, body }: Answer): Answer => {
      return { status, body: changedBody(body, (valid) => gen(() => mutated(valid))) };
    }),
  ),
});

describe("fuzzing: answers", () => {
  let harness: FuzzHarness;
  let loud: () => void;
  let count = 0;
  before(async () => {
    harness = await FuzzHarness.open();
    loud = harness.mute();
  });
  after(async () => {
    loud();
    await harness.close();
  });

  /** Runs a hook while answers are spoilt. */
  async function amid<T>(
    { at, change }: { at: number | undefined; change: (answer: Answer) => Answer },
    hook: () => Promise<T>,
  ): Promise<T | undefined> {
    let answers = 0;
    harness.spoil = (answer) => {
      answers += 1;
      return at === undefined || answers === at + 1 ? change(answer) : answer;
    };
    try {
      return await settled(hook());
    } finally {
      harness.spoil = undefined;
    }
  }

  for (const kind of KINDS) {
    it(`${kind.title}: every hook takes any answer`, async () => {
      await fc.assert(
        fc.asyncProperty(
          spoiling,
          fc.constantFrom("create", "read", "update", "delete"),
          async (spoilt, what) => {
            const hooks = await harness.hooks(kind);
            count += 1;
            const name = `answer-${count}`;
            const checked = await hooks.check({}, programOf(kind, name, what === "create" ? {} : PATIENT));
            const inputs = plain(checked.inputs);
            if (what === "create") {
              const created = await amid(spoilt, () => hooks.create(inputs));
              if (created !== undefined) assert.notEqual(created.id, "");
              return;
            }
            const { id, outs } = await hooks.create(inputs);
            const state = plain(outs);
            if (what === "read") await amid(spoilt, () => hooks.read(id, state));
            else if (what === "delete") await amid(spoilt, () => hooks.delete(id, state));
            else
              await amid(spoilt, () =>
                hooks.update(id, state, { ...inputs, description: "other", desiredState: "stopped" }),
              );
          },
        ),
        LIMIT,
      );
    });

    it(`${kind.title}: any answer of IAM`, async () => {
      const login = {
        token: "",
        projectId: "",
        userName: "emulator-user",
        password: "emulator-password",
        domainName: "emulator-domain",
      };
      await fc.assert(
        fc.asyncProperty(spoiling, async (spoilt) => {
          const hooks = await harness.hooks(kind, login);
          count += 1;
          const { inputs } = await hooks.check({}, programOf(kind, `iam-${count}`));
          await amid(spoilt, () => hooks.create(plain(inputs)));
        }),
        LIMIT,
      );
    });
  }
});
