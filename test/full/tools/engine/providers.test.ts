import assert from "node:assert/strict";
import { errorsOf, stepOf, stepsOf, Stories, widget } from "./support";

describe("engine stand-in: providers", function () {
  this.timeout(300_000);
  const stories = new Stories();
  before(() => stories.run());
  after(() => stories.clean());

  const configured = stories.add(async (stack) => {
    const options = { config: { "proj:plain": "p" }, secretConfig: { "widgets:token": "from-stack" } };
    const own = {
      name: "p",
      kind: "provider" as const,
      args: { "widgets:token": { $secret: "from-provider" } },
    };
    const program = {
      resources: [
        own,
        widget("mine", { region: "r" }, { provider: "${p}" }),
        widget("theirs", { region: "r" }),
      ],
      outputs: { mine: "${mine.seen}", theirs: "${theirs.seen}" },
    };
    const created = await stack.engine(program, options).up();
    const pids = ["mine", "theirs"].map((name) => stack.resource(name).outputs?.["pid"]);
    const stateText = stack.stateText();
    const read = await stack
      .engine(
        {
          resources: [...program.resources, { name: "seen", args: { label: "seen" }, get: "${mine.id}" }],
          outputs: { serial: "${seen.serial}" },
        },
        options,
      )
      .up();
    const external = stack.resource("seen");
    const missing = await stack
      .engine({ resources: [{ name: "seen", args: { label: "seen" }, get: "w-77" }] }, options)
      .preview();
    // No configuration here: what is deleted is deleted with the recorded one.
    const destroyed = await stack.engine().destroy();
    return { created, pids, stateText, read, external, missing, destroyed, store: stack.store() };
  });

  it("gives the default provider all configuration, and an explicit one nothing but its own", async () => {
    const { created } = await configured();
    assert.equal(created.ok, true);
    assert.deepEqual(created.outputs, { mine: "from-provider", theirs: "from-stack" });
    const configurations = created.providerCalls.filter(({ method }) => method === "configure");
    const args = configurations.map(({ request }) => request["args"]);
    assert.equal(args.length, 2);
    assert.ok(args.some((given) => JSON.stringify(given) === '{"widgets:token":"[secret]"}'));
    assert.ok(
      args.some((given) => JSON.stringify(given) === '{"proj:plain":"p","widgets:token":"[secret]"}'),
    );
  });

  it("runs each provider in a process of its own, and leaves none behind", async () => {
    const { pids } = await configured();
    assert.notEqual(pids[0], pids[1]);
    for (const pid of pids) assert.throws(() => process.kill(Number(pid), 0), { code: "ESRCH" });
  });

  it("encrypts secret configuration in the state", async () => {
    const { stateText } = await configured();
    // The widgets copied the token into an output of another name, which therefore is not secret: once each.
    assert.equal(stateText.split("from-stack").length - 1, 2);
    assert.equal(stateText.split("from-provider").length - 1, 2);
  });

  it("reads resources that the stack does not own, and forgets them without a call", async () => {
    const { read, external, destroyed, store } = await configured();
    assert.ok(stepsOf(read).includes("read seen"));
    assert.equal(external.external, true);
    assert.equal(read.outputs["serial"], external.outputs?.["serial"]);
    assert.ok(stepsOf(destroyed).includes("discard seen"));
    assert.deepEqual(store.log.filter((entry) => entry.startsWith("delete")).sort(), [
      "delete mine",
      "delete theirs",
    ]);
  });

  it("reads in previews too, and fails when there is nothing to read", async () => {
    const { missing } = await configured();
    assert.equal(missing.ok, false);
    assert.equal(stepOf(missing, "read", "seen").error, "no widget w-77");
    assert.ok(errorsOf(missing).includes("Preview failed: no widget w-77"));
  });

  it("destroys with the recorded provider configuration", async () => {
    const { destroyed } = await configured();
    assert.equal(destroyed.ok, true);
    const args = destroyed.providerCalls.filter(({ method }) => method === "configure");
    assert.deepEqual(args.map(({ request }) => Object.keys(request["args"] as object).length).sort(), [1, 2]);
    const order = stepsOf(destroyed);
    assert.ok(order.indexOf("delete mine") < order.indexOf("delete p"));
  });
});
