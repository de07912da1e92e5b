/** The plugin on a Pulumi CLI; without one on the PATH all of it is skipped. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { findCli } from "../../tools/stack/cli";
import { until, without } from "../contract/harness";
import { reportOf, statuses } from "../cli/support";
import { iefArgs } from "../contract/kinds/service-task";
import { CliStack, type Declared, type Program } from "./cli-stack";
import { attached } from "./plugin-run";

/** Values that may be nowhere in clear. */
const CANARIES = { header: "canary-header-1", password: "canary-password-2", key: "canary-key-3" };

/** From Ctrl-C to the end of the command, in milliseconds. The plugin's part of it, whatever it waits for: cancel.test.ts. */
const INTERRUPTED_WITHIN = 2000;

/** Of a run of a few steps on a busy machine. */
const TIMEOUT = 300_000;

const base = without(without(iefArgs(""), "__provider"), "name");
const task = (more: Readonly<Record<string, unknown>> = {}, rest: Partial<Declared> = {}): Declared => ({
  ...rest,
  args: { ...base, ...more },
});
const only = (declared: Declared, provider?: Program["provider"]): Program => ({
  resources: { entrance: declared },
  ...(provider === undefined ? {} : { provider }),
});
const OTHER_STREAM = { output: { dis: { streamName: "other" } } };

const version = findCli();

describe("the plugin on a Pulumi CLI", function () {
  this.timeout(TIMEOUT);
  let stack: CliStack;
  const opened: CliStack[] = [];
  before(async function () {
    if (version === undefined) this.skip();
    stack = await CliStack.open();
    opened.push(stack);
  });
  after(() => Promise.all(opened.map((one) => one.close())));
  beforeEach(() => stack.emulator.clearRequests());
  afterEach(async () => {
    await stack.destroy();
    assert.deepEqual(stack.emulator.tasks(), []);
  });

  const writes = (): string[] =>
    stack.emulator.requests.filter(({ method }) => method !== "GET").map(({ method }) => method);

  it("creates, finds nothing to do, shows what a change replaces, and puts drift back", async () => {
    const planned = await stack.preview(only(task()));
    assert.match(planned.output, /entrance: \[unknown\]/);
    const up = await stack.up(only(task()));
    assert.deepEqual([up.status, up.steps], [0, ["create entrance"]], up.output);
    assert.match(up.output, /entrance: \[/);
    assert.deepEqual((await stack.up(only(task()))).steps, ["same entrance"]);
    const changed = await stack.preview(only(task(OTHER_STREAM)));
    assert.match(changed.output, /streamName: "results" => "other"/);
    const [metadata] = changed.events.flatMap(({ resourcePreEvent }) =>
      resourcePreEvent?.metadata.op === "replace" ? [resourcePreEvent.metadata] : [],
    );
    assert.deepEqual(Object.keys(metadata?.detailedDiff ?? {}), ["output.dis.streamName"]);
    const [made] = stack.emulator.tasks();
    stack.emulator.editTask(made?.id ?? "", { description: "drifted" });
    assert.deepEqual((await stack.refresh()).steps, ["refresh entrance"]);
    const back = await stack.up(only(task()));
    assert.deepEqual(
      back.steps.filter((step) => !step.startsWith("same")),
      ["delete-replaced entrance", "replace entrance", "create-replacement entrance"],
    );
  });

  for (const place of ["the stack's configuration", "a provider of its own"]) {
    it(`is compared by video-analysis drift, by ${place}`, async () => {
      const { emulator } = stack;
      const { region, projectId, token, endpoints } = emulator;
      const explicit = { region, projectId, token, endpoints: JSON.stringify(endpoints), maxRetries: "2" };
      await stack.up(only(task(), place === "a provider of its own" ? explicit : undefined));
      const args = ["--state", path.join(stack.folder, "state.json")];
      // The addresses of a state file are confirmed by who runs the command, since it may come from anywhere.
      const env = {
        PULUMI_CONFIG_PASSPHRASE: "plugin",
        VIDEO_ANALYSIS_ENDPOINT_MODELARTS: endpoints.modelarts,
      };
      await stack.exported();
      assert.deepEqual(statuses((await reportOf(args, { env })).report), { entrance: "in-sync" });
      emulator.editTask(emulator.tasks()[0]?.id ?? "", { description: "drifted" });
      const { report } = await reportOf(args, { env });
      assert.deepEqual(statuses(report), { entrance: "changed" });
    });
  }

  it("imports by the id alone, and the next run shows at most what no call returns", async () => {
    await stack.up(only(task()));
    const made = await stack.resource("entrance");
    await stack.done(["state", "delete", "--yes", made?.urn ?? "", "--stack", "dev"]);
    const token = "video-analysis:index:ServiceTask";
    const command = [
      "import",
      token,
      "entrance",
      made?.id ?? "",
      "--yes",
      "--generate-code=false",
      "--protect=false",
    ];
    const imported = await stack.run([...command, "--stack", "dev"]);
    assert.equal(imported.status, 0, imported.output);
    assert.equal((await stack.resource("entrance"))?.id, made?.id);
    stack.emulator.clearRequests();
    const up = await stack.up(only(task({ name: made?.outputs?.["name"], region: "eu-de" })));
    assert.deepEqual([up.status, up.steps], [0, ["update entrance"]], up.output);
    assert.deepEqual(writes(), [], "a platform is told to no service");
  });

  it("imports by the option of a program", async () => {
    await stack.up(only(task()));
    const made = await stack.resource("entrance");
    await stack.done(["state", "delete", "--yes", made?.urn ?? "", "--stack", "dev"]);
    const opts = { import: made?.id ?? "" };
    const args = { name: made?.outputs?.["name"], region: "eu-de" };
    const up = await stack.up(only({ args: { ...without(base, "platform"), ...args }, opts }));
    assert.deepEqual([up.status, up.steps], [0, ["import entrance"]], up.output);
  });

  it("keeps the id when Ctrl-C ends a wait, and the next run finishes the work", async () => {
    const program = only(task({ waitFor: "running" }));
    stack.emulator.inject({ kind: "stuckPending", match: { operation: "createServiceTask" } });
    const { child, ended } = stack.begin(["up", "--yes", "--skip-preview", "--stack", "dev"], program);
    await until(() => stack.emulator.calls({ operation: "showServiceTask" }).length > 1);
    const begin = performance.now();
    child.kill("SIGINT");
    const run = await ended;
    const took = performance.now() - begin;
    assert.ok(took < INTERRUPTED_WITHIN, `${took} ms: ${run.output}`);
    const { deployment } = await stack.exported();
    const entry = deployment.resources?.find(({ urn }) => urn.endsWith("::entrance"));
    assert.deepEqual([entry?.outputs?.["unfinished"], deployment.pending_operations ?? []], [["wait"], []]);
    assert.match(String(entry?.initErrors?.[0]), /interrupted/);
    const [made] = stack.emulator.tasks();
    assert.ok(entry?.id?.endsWith(made?.id ?? "?"));
    stack.emulator.clearFaults();
    stack.emulator.setState(made?.id ?? "", "RUNNING");
    assert.deepEqual((await stack.up(program)).steps, ["update entrance"]);
    assert.deepEqual((await stack.resource("entrance"))?.outputs?.["unfinished"], []);
  });

  for (const [size, isWhole] of [
    [300_000, true],
    [5_000_000, false],
  ] as const) {
    it(`keeps the id, ${isWhole ? "and the whole state" : "but not the largest arguments"}, with ${size} bytes of arguments`, async () => {
      const program = only(task({ config: { model: "x".repeat(size) } }));
      stack.emulator.inject({ kind: "forbidden", match: { operation: "showServiceTask" } });
      const run = await stack.up(program);
      assert.notEqual(run.status, 0);
      const entry = await stack.resource("entrance");
      const [made] = stack.emulator.tasks();
      assert.ok(entry?.id?.endsWith(made?.id ?? "?"), run.output.slice(-2000));
      assert.equal(entry?.outputs?.["config"] !== undefined, isWhole);
      stack.emulator.clearFaults();
      assert.deepEqual((await stack.up(program)).steps, ["update entrance"]);
      assert.equal(stack.emulator.tasks().length, 1);
    });
  }

  it("has secrets of every kind nowhere in clear", async () => {
    const output = { webhook: { url: "https://hook.example.com", headers: { "X-Key": CANARIES.header } } };
    const vcn = { ip: "10.0.0.1", port: 8080, username: "operator", password: CANARIES.password };
    const input = { type: "vcn", data: [{ deviceId: "camera", streamType: 1 }], vcn };
    const { region, projectId, endpoints, token } = stack.emulator;
    const provider = { region, projectId, token, endpoints: JSON.stringify(endpoints), regoin: "eu-de" };
    const program = only(task({ input, output }), provider);
    const runs = [await stack.preview(program), await stack.up(program), await stack.refresh()];
    assert.match(runs.map(({ output: text }) => text).join("\n"), /`regoin` is no setting.*`region`/);
    assert.deepEqual(
      runs.map(({ status }) => status),
      [0, 0, 0],
      runs.map(({ output: text }) => text).join("\n"),
    );
    const state = readFileSync(`${stack.folder}/state.json`, "utf8");
    const everything = [
      JSON.stringify(await stack.exported()),
      state,
      ...runs.map((run) => run.output + JSON.stringify(run.events)),
    ];
    for (const text of everything) {
      for (const canary of [...Object.values(CANARIES), token]) {
        const at = text.indexOf(canary);
        assert.equal(at, -1, text.slice(Math.max(0, at - 300), at + 100));
      }
    }
  });

  it("takes over from the dynamic classes by an alias, and gives back, without a call that changes anything", async () => {
    const created = await stack.up(only(task({}, { dynamic: true })));
    assert.equal(created.status, 0, created.output);
    stack.emulator.clearRequests();
    const aliases = [{ type: "pulumi-nodejs:dynamic/video-analysis:ServiceTask" }];
    const moved = await stack.up(only(task({}, { opts: { aliases } })));
    assert.deepEqual([moved.status, moved.steps], [0, ["same entrance"]], moved.output);
    assert.deepEqual((await stack.refresh()).steps, ["refresh entrance"]);
    assert.deepEqual((await stack.up(only(task({}, { opts: { aliases } })))).steps, ["same entrance"]);
    const back = [{ type: "video-analysis:index:ServiceTask" }];
    // Means the same, which alone is no reason for an update.
    const returned = await stack.up(only(task({ config: {} }, { dynamic: true, opts: { aliases: back } })));
    assert.deepEqual([returned.status, returned.steps], [0, ["update entrance"]], returned.output);
    assert.equal((await stack.refresh()).status, 0, "the state has the text again");
    assert.deepEqual(writes(), []);
  });

  it("attaches to a plugin that is debugged", async () => {
    const debugged = await attached();
    try {
      const env = { PULUMI_DEBUG_PROVIDERS: `video-analysis:${debugged.port}` };
      const command = ["up", "--yes", "--skip-preview", "--stack", "dev"];
      const up = await stack.run(command, only(task()), env);
      assert.deepEqual([up.status, up.steps], [0, ["create entrance"]], up.output);
      assert.deepEqual((await stack.run(command, only(task()), env)).steps, ["same entrance"]);
    } finally {
      await debugged.end();
    }
  });
});
