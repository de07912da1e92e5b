import assert from "node:assert/strict";
import { defaultName } from "../../sdk/auto-name";
import type { JsonObject } from "../../testkit/emulator";
import { KINDS } from "../scenarios/kinds";
import { edgeArgs, type Program, type TaskDeclaration, type TaskOptions, typeOf } from "../scenarios/program";
import {
  configurationFor,
  failed,
  opsOf,
  SCENARIO_TIMEOUT,
  stepOf,
  succeeded,
  TestStack,
  writesOf,
} from "../scenarios/support";

describe("options of the engine", function () {
  this.timeout(SCENARIO_TIMEOUT);
  let stack: TestStack;

  const task = (args: JsonObject = {}, options: TaskOptions = {}): TaskDeclaration => ({
    args: edgeArgs(args),
    options,
  });

  const first: Program = {
    sites: { harbour: {} },
    tasks: {
      inside: task({}, { parent: "harbour" }),
      outside: task({}, { dependsOn: ["inside"] }),
      guarded: task({}, { protect: true }),
      retained: task({}, { retainOnDelete: true }),
      tolerant: task({}, { ignoreChanges: ["output.dis.streamName"] }),
      strict: task({}, { replaceOnChanges: ["timeouts"] }),
      before: task({ description: "keeps its task" }),
    },
  };

  before(async () => {
    stack = await TestStack.open();
    await stack.deploy(first);
  });
  after(() => stack.close());

  it("parent: a child of a component has the component in its URN and so in its default name", () => {
    const { urn, parent = "", outputs } = stack.resource("inside");
    assert.equal(urn, `urn:pulumi:dev::scenario::scenario:index:Site$${typeOf("ServiceTask")}::inside`);
    assert.match(parent, /::scenario:index:Site::harbour$/);
    assert.equal(outputs?.["name"], defaultName("inside", "organization", urn, ""));
  });

  it("dependsOn orders the creates", () => {
    const created = stack.emulator.calls({ operation: "createServiceTask" }).map(({ name = "" }) => name);
    const at = (name: string): number => created.findIndex((found) => found.startsWith(`${name}-`));
    assert.ok(at("inside") < at("outside"), created.join(", "));
  });

  it("ignoreChanges, replaceOnChanges, retainOnDelete and aliases hold in one update", async () => {
    const ids = Object.fromEntries(
      ["retained", "tolerant", "strict", "before"].map((name) => [name, stack.taskIds(name)[0]!]),
    );
    const oldName = stack.resource("before").outputs?.["name"];
    const tasks: Record<string, TaskDeclaration> = {
      ...first.tasks,
      tolerant: task({ output: { dis: { streamName: "ignored" } } }, first.tasks?.["tolerant"]?.options),
      strict: task({ timeouts: { delete: "20m" } }, first.tasks?.["strict"]?.options),
      after: task({ description: "keeps its task" }, { aliases: [{ name: "before" }] }),
    };
    delete tasks["retained"];
    delete tasks["before"];
    stack.emulator.clearRequests();
    const result = await stack.deploy({ ...first, tasks });

    assert.equal(stepOf(result, "tolerant").op, "same");
    assert.equal(stack.taskIds("tolerant")[0], ids["tolerant"]);
    assert.ok(stepOf(result, "strict", "create-replacement"));
    assert.notEqual(stack.taskIds("strict")[0], ids["strict"]);
    assert.equal(stepOf(result, "after").op, "same");
    assert.deepEqual(stack.taskIds("after"), [ids["before"]]);
    assert.equal(stack.resource("after").outputs?.["name"], oldName);
    assert.ok(stepOf(result, "retained", "delete"));
    assert.ok(stack.liveIds().includes(ids["retained"]!), "a retained task stays at the service");
    assert.deepEqual(writesOf(stack.emulator).sort(), ["createServiceTask", "deleteServiceTask"]);

    // What is ignored stays so when somebody else changes it.
    stack.emulator.editTask(ids["tolerant"]!, { output: { dis: { stream_name: "theirs" } } });
    const repaired = await stack.deploy({ ...first, tasks }, { refresh: true });
    assert.equal(stepOf(repaired, "tolerant", "refresh").resultOp, "same");
    assert.ok(stepOf(repaired, "tolerant", "same"));
    first.tasks = tasks;
  });

  it("protect keeps a task from being deleted or replaced, until it is lifted", async () => {
    const id = stack.taskIds("guarded")[0]!;
    stack.program = {
      ...first,
      tasks: { ...first.tasks, guarded: task({ description: "new" }, { protect: true }) },
    };
    assert.match(failed(await stack.up()), /protect/i);
    assert.match(failed(await stack.destroy()), /protect/i);
    assert.ok(stack.liveIds().includes(id));
    await stack.deploy({ ...first, tasks: { guarded: task() } });
    succeeded(await stack.destroy());
    assert.equal(stack.liveIds().includes(id), false);
  });
});

describe("options of the engine on every class", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it("ignoreChanges, replaceOnChanges, retainOnDelete and aliases hold in one update", async () => {
    const stack = await TestStack.open();
    try {
      const declare = (role: string, args: JsonObject = {}, options: TaskOptions = {}): Program["tasks"] =>
        Object.fromEntries(
          KINDS.map((kind) => [`${role}-${kind.name}`, { type: kind.type, args: kind.args(args), options }]),
        );
      const aliased = Object.fromEntries(
        KINDS.map((kind) => [
          `after-${kind.name}`,
          { type: kind.type, args: kind.args(), options: { aliases: [{ name: `before-${kind.name}` }] } },
        ]),
      );
      const tolerant = { ignoreChanges: ["output.dis.streamName"] };
      const strict = { replaceOnChanges: ["timeouts"] };
      await stack.deploy({
        tasks: {
          ...declare("tolerant", {}, tolerant),
          ...declare("strict", {}, strict),
          ...declare("before"),
          ...declare("retained", {}, { retainOnDelete: true }),
        },
      });
      const old = new Map(stack.recorded().map(({ urn, id }) => [urn.split("::").at(-1), id]));
      stack.emulator.clearRequests();
      const program: Program = {
        tasks: {
          ...declare("tolerant", { output: { dis: { streamName: "ignored" } } }, tolerant),
          ...declare("strict", { timeouts: { delete: "20m" } }, strict),
          ...aliased,
        },
      };
      const result = await stack.deploy(program);
      for (const { name } of KINDS) {
        assert.equal(stepOf(result, `tolerant-${name}`).op, "same");
        assert.ok(stepOf(result, `strict-${name}`, "create-replacement"));
        assert.equal(stepOf(result, `after-${name}`).op, "same");
        assert.equal(stack.resource(`after-${name}`).id, old.get(`before-${name}`));
        assert.ok(stepOf(result, `retained-${name}`, "delete"));
      }
      assert.deepEqual(
        writesOf(stack.emulator).sort(),
        KINDS.flatMap(({ operations }) => [operations.create, operations.delete]).sort(),
      );
      assert.equal(stack.liveIds().length, 4 * KINDS.length, "retained ones stay at the service");

      // What is ignored stays so when somebody else changes it.
      for (const { name, edit } of KINDS) {
        edit(stack.emulator, stack.taskIds(`tolerant-${name}`)[0]!, {
          output: { dis: { stream_name: "theirs" } },
        });
      }
      const repaired = await stack.deploy(program, { refresh: true });
      for (const { name } of KINDS) assert.ok(stepOf(repaired, `tolerant-${name}`, "same"));
    } finally {
      await stack.close();
    }
  });
});

describe("an explicit provider", function () {
  this.timeout(SCENARIO_TIMEOUT);

  it("serves a second account beside the stack's, and takes over what it was not given", async () => {
    const stack = await TestStack.open();
    const second = await TestStack.open({ region: "eu-nl", seed: "second" });
    try {
      const { emulator } = second;
      const place = configurationFor(emulator);
      stack.config["video-analysis:nameSeed"] = "seed-of-the-stack";
      await stack.deploy({
        providers: {
          account: {
            region: emulator.region,
            projectId: place["video-analysis:projectId"]!,
            endpoints: { ...emulator.endpoints },
            token: emulator.token,
          },
          same: { waitFor: "running" },
        },
        tasks: {
          own: task(),
          foreign: task({ provider: "account" }),
          patient: task({ provider: "same" }),
        },
      });
      assert.deepEqual(stack.taskIds("foreign"), second.liveIds());
      assert.deepEqual([...stack.taskIds("own"), ...stack.taskIds("patient")].sort(), stack.liveIds().sort());
      assert.equal(stack.resource("foreign").outputs?.["region"], "eu-nl");
      assert.equal(stack.resource("patient").outputs?.["state"], "RUNNING");

      const inputsOf = (name: string): JsonObject =>
        stack.exported().deployment.resources?.find(({ urn }) => urn.endsWith(`pulumi-nodejs::${name}`))
          ?.inputs ?? {};
      assert.equal(inputsOf("account")["video-analysis:nameSeed"], "seed-of-the-stack");
      assert.equal(inputsOf("same")["video-analysis:region"], stack.emulator.region);
      assert.equal(inputsOf("same")["video-analysis:projectId"], stack.emulator.projectId);
      const state = JSON.stringify(stack.exported());
      for (const token of [emulator.token, stack.emulator.token]) {
        assert.equal(state.includes(token), false, "tokens are encrypted");
      }

      assert.deepEqual(opsOf(succeeded(await stack.up())).sort(), [
        "same foreign",
        "same own",
        "same patient",
      ]);
      succeeded(await stack.destroy());
      assert.deepEqual([...stack.liveIds(), ...second.liveIds()], []);
    } finally {
      await second.close();
      await stack.close();
    }
  });

  const task = (options: TaskOptions = {}): TaskDeclaration => ({ args: edgeArgs(), options });
});
