/** `video-analysis ls`. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { argumentFor, LIST_VIEWS } from "../../cli/commands/ls/lists";
import { defineLs, LIST_KINDS } from "../../cli/commands/ls/options";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import { DEFAULT_ALGORITHM, DEFAULT_EDGE_SERVICE, DEFAULT_VAS_SERVICE } from "../../testkit/emulator";
import { Caller, edgeTask } from "../emulator/support";
import { makeBatches, makeJobs, makeTasks } from "../lookups/support";
import { allTasks } from "../../cli/commands/ls/all";
import { configurationOf, optionsLayer } from "../../cli/stack/configuration/layers";
import { printedBy, run as runCommand, type Run } from "./support";

const EDGE = DEFAULT_EDGE_SERVICE.id;

describe("video-analysis ls", () => {
  let caller: Caller;
  let folder: string;
  before(async () => {
    caller = await Caller.open();
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-ls-"));
  });
  beforeEach(() => {
    caller.emulator.reset();
  });
  after(async () => {
    await caller.emulator.close();
    rmSync(folder, { recursive: true });
  });

  const config = (): string[] => {
    const { region, projectId, endpoints } = caller.emulator;
    return [
      `--config=region=${region}`,
      `--config=projectId=${projectId}`,
      `--config=endpoints=${JSON.stringify(endpoints)}`,
    ];
  };
  const env = () => ({ HW_AUTH_TOKEN: caller.emulator.token });
  const ls = (...args: string[]): Promise<Run> => runCommand(["ls", ...args, ...config()], { env: env() });
  const entries = async (...args: string[]): Promise<Record<string, unknown>[]> => {
    const { status, stdout, stderr } = await ls(...args, "--json");
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Record<string, unknown>[];
  };

  it("lists every kind of things with its id, in a table without colours", async () => {
    const [task] = await makeTasks(caller, EDGE, ["entrance"]);
    const [job] = await makeJobs(caller, DEFAULT_VAS_SERVICE.name, ["lobby"]);
    const [batch] = await makeBatches(caller, ["night"]);
    const expected: Record<string, { id: string; args?: string[] }> = {
      services: { id: EDGE },
      "service-tasks": { id: `${EDGE}/${task!}`, args: ["--service", EDGE] },
      "batch-tasks": { id: batch! },
      jobs: { id: `${DEFAULT_VAS_SERVICE.name}/${job!}`, args: ["--service", DEFAULT_VAS_SERVICE.name] },
      "video-groups": { id: "group-north" },
      "video-sources": { id: "camera-south-2" },
      "user-services": { id: DEFAULT_ALGORITHM.id },
      "edge-pools": { id: caller.emulator.state().edgePools[0]!.id },
    };
    assert.deepEqual(Object.keys(expected).sort(), [...LIST_KINDS].sort());
    for (const [what, { id, args = [] }] of Object.entries(expected)) {
      const { status, stdout, stderr } = await ls(what, ...args);
      assert.equal(status, 0, stderr);
      const [header = "", ...rows] = stdout.trimEnd().split("\n");
      assert.match(header, /^NAME .* ID$/);
      assert.ok(
        rows.some((row) => row.endsWith(` ${id}`)),
        stdout,
      );
      assert.match(rows.at(-1) ?? "", new RegExp(`^${rows.length - 1} `));
      assert.ok(!stdout.includes("\u001b"), what);
    }
  });

  it("has a kind for each list of the library, with filters and columns that it knows", () => {
    const lists = Object.entries(LOOKUPS).flatMap(([name, lookup]) => ("open" in lookup ? [name] : []));
    const views = Object.values(LIST_VIEWS);
    assert.deepEqual(views.map(({ lookup }) => lookup).sort(), lists.sort());
    for (const view of views) {
      assert.ok(argumentFor("name", view) && argumentFor("state", view), view.lookup);
      const members = Object.keys(LOOKUPS[view.lookup].entry.shape);
      const shown = view.columns.map(([, value]) => value).filter((value) => typeof value === "string");
      assert.deepEqual(
        shown.filter((key) => !members.includes(key)),
        [],
      );
    }
  });

  it("lists the tasks of every kind by name, and says what it leaves out", async () => {
    await makeTasks(caller, EDGE, ["gate-10", "gate-9"]);
    await makeBatches(caller, ["night"]);
    await makeJobs(caller, DEFAULT_VAS_SERVICE.name, ["lobby"]);
    const { status, stdout, stderr } = await ls();
    assert.equal(status, 0, stderr);
    const names = stdout.split("\n").map((line) => line.split(" ")[0]);
    assert.deepEqual(names, ["NAME", "gate-9", "gate-10", "night", "3", ""]);
    assert.match(stdout, /^gate-9 .* ServiceTask [^]*^night .* BatchTask /m);
    assert.match(stderr, /^VideoAnalysisJob left out: .*\n$/);
    const jobs = await entries("--service", DEFAULT_VAS_SERVICE.name, "--state", "nothing");
    assert.deepEqual(jobs, []);
    const [job] = await entries("all", "--service", "no-modelarts-service").catch(() => []);
    assert.equal(job, undefined);
    const gates = await entries("--name", "GATE", "--service", EDGE);
    assert.deepEqual(gates.map(({ type, name }) => `${String(type)} ${String(name)}`).sort(), [
      "ServiceTask gate-10",
      "ServiceTask gate-9",
    ]);
    for (const option of [["--details"], ["--filter", "name=x"]]) {
      assert.match((await ls("all", ...option)).stderr, /INVALID_LOOKUP/);
    }
  });

  it("looks for jobs in the services that the stack names, also where one is gone", async () => {
    await makeJobs(caller, DEFAULT_VAS_SERVICE.name, ["lobby"]);
    const layer = optionsLayer(config().map((option) => option.replace("--config=", "")));
    const settings = configurationOf([layer], folder);
    const options = { filter: [], details: false, json: true, color: false, cwd: folder, config: [] };
    const { result, stderr } = await printedBy(
      () => allTasks(options, settings, [DEFAULT_VAS_SERVICE.name, "closed-service"]),
      { env: env() },
    );
    assert.deepEqual(
      result.map(({ type, name }) => [type, name]),
      [["VideoAnalysisJob", "lobby"]],
    );
    assert.match(stderr, /^VideoAnalysisJob of video-analyze, closed-service only: .* --service/);
    assert.match(stderr, /^VideoAnalysisJob of closed-service left out: /m);
  });

  it("takes the name of a service in the place of its id", async () => {
    await makeTasks(caller, EDGE, ["entrance"]);
    const [byName, byId] = await Promise.all(
      [DEFAULT_EDGE_SERVICE.name, EDGE].map((service) => entries("service-tasks", "--service", service)),
    );
    assert.equal(byName?.length, 1);
    assert.deepEqual(byName, byId);
  });

  it("gives scripts the entries of the library, and says where there is nothing", async () => {
    assert.deepEqual(await entries("batch-tasks"), []);
    const { status, stdout } = await ls("batch-tasks");
    assert.deepEqual([status, stdout], [0, "No batch tasks found.\n"]);
    const [group] = await entries("video-groups", "--name", "north");
    assert.deepEqual([group!["id"], group!["numVideoSource"]], ["group-north", 2]);
  });

  it("filters by options and by any argument of the lookup", async () => {
    const ids = await makeTasks(caller, EDGE, ["gate-1", "gate-2", "door"]);
    caller.emulator.setState(ids[1]!, "FAILED");
    const names = async (...args: string[]): Promise<unknown[]> =>
      (await entries("service-tasks", "--service", EDGE, ...args)).map((entry) => entry["name"]);
    assert.deepEqual((await names("--name", "GATE")).sort(), ["gate-1", "gate-2"]);
    assert.deepEqual(await names("--state", "failed"), ["gate-2"]);
    assert.equal((await names("--limit", "2", "--filter", "pageSize=1")).length, 2);
    const sources = await entries("video-sources", "--filter", "groupIds=group-north,group-none");
    assert.equal(sources.length, 2);
    const [algorithm] = await entries("user-services", "--details");
    assert.equal(algorithm!["api"], DEFAULT_ALGORITHM.name);
  });

  it("masks what is secret, in tables and in JSON", async () => {
    await caller.made(
      EDGE,
      edgeTask("secret", {
        input: { type: "url", data: [{ url: "rtsp://user:canary-url@camera/1" }] },
        output: { webhook: { url: "https://example.com", headers: { "X-Key": "canary-header" } } },
      }),
    );
    const streamPath = "rtsp://user:canary-stream@camera/1";
    caller.emulator.addVideoGroup({
      id: "group-x",
      name: "x",
      sources: [{ id: "camera-x", name: "x", streamPath }],
    });
    for (const args of [
      ["service-tasks", "--service", EDGE],
      ["service-tasks", "--service", EDGE, "--json"],
      ["video-sources", "--json"],
    ]) {
      const { status, stdout } = await ls(...args);
      assert.equal(status, 0);
      assert.ok(!stdout.includes("canary"), stdout);
    }
    const [task] = await entries("service-tasks", "--service", EDGE);
    assert.deepEqual(Reflect.get(task!["output"] as object, "webhook"), {
      url: "https://example.com",
      headers: { "X-Key": "[secret]" },
    });
  });

  for (const [what, args] of [
    ["a missing service", ["service-tasks"]],
    ["a service where there is none", ["edge-pools", "--service", "x"]],
    ["a filter that nobody knows", ["services", "--filter", "colour=red"]],
    ["a filter without a value", ["services", "--filter", "name"]],
    ["a state that nobody knows", ["services", "--state", "asleep"]],
    ["a list with details that has none", ["services", "--details"]],
  ] as const) {
    it(`refuses ${what}, and asks nothing`, async () => {
      const { status, stdout, stderr } = await ls(...args);
      assert.deepEqual([status, stdout], [1, ""]);
      assert.match(stderr, /^video-analysis: INVALID_LOOKUP: /);
      assert.equal(caller.emulator.requests.length, 0);
    });
  }

  it("fails with the code of what is wrong", async () => {
    const missing = await ls("service-tasks", "--service", "nowhere");
    assert.deepEqual([missing.status, missing.stdout], [1, ""]);
    assert.match(missing.stderr, /^video-analysis: SERVICE_NOT_FOUND: /);
    const unknown = await ls("cameras");
    assert.equal(unknown.status, 1);
  });

  it("takes the configuration of a stack's file, which options overrule", async () => {
    const { region, projectId, token, endpoints } = caller.emulator;
    const file = path.join(folder, "Pulumi.dev.yaml");
    const lines = Object.entries({ region, projectId, token }).map(
      ([key, value]) => `  video-analysis:${key}: ${value}`,
    );
    const address = `  video-analysis:endpoints: ${JSON.stringify(JSON.stringify(endpoints))}`;
    writeFileSync(file, ["config:", ...lines, address, ""].join("\n"));
    const args = ["ls", "services", "--json", "--config-file", file];
    const found = await runCommand(args);
    assert.equal(found.status, 0, found.stderr);
    assert.equal((JSON.parse(found.stdout) as unknown[]).length, 2);
    const other = await runCommand([...args, "--config", "token=another-one"]);
    assert.match(other.stderr, /REQUEST_FAILED/);
    assert.equal(other.status, 1);
  });

  it("is told of in its guide, option by option", () => {
    const guide = readFileSync(path.resolve(__dirname, "../../../docs/lookups.md"), "utf8");
    const program = new Command();
    defineLs(program, () => Promise.resolve());
    const flags = program.commands[0]!.options.map(({ long }) => long!);
    assert.deepEqual(
      [...flags.filter((flag) => flag !== "--no-color"), ...LIST_KINDS].filter(
        (word) => !guide.includes(word),
      ),
      [],
    );
  });
});
