/** `video-analysis emulator`: start-up file, output, end. */
import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { connectEmulator, parseStartup, startFrom, UsageError } from "../../testkit/emulator";
import { VERSION } from "../../cli/common/package-info";
import { run as runToEnd, start } from "./support";

const EDGE = "2a2db77f-0000-4000-8000-00000000000a";
const guide = readFileSync(path.resolve(__dirname, "../../../docs/emulator.md"), "utf8");
const [, EXAMPLE = ""] = /^```yaml\n(.*?)^```$/ms.exec(guide) ?? [];

describe("video-analysis emulator", () => {
  let child: ChildProcess | undefined;
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-emulator-"));
  });
  afterEach(() => child?.kill("SIGKILL"));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (...args: string[]): ChildProcess => (child = start(["emulator", ...args]));

  async function printed(started: ChildProcess): Promise<string> {
    let output = "";
    for await (const chunk of started.stdout as AsyncIterable<Buffer>) {
      output += chunk.toString();
      if (output.includes("Ctrl-C")) break;
    }
    return output;
  }

  it("prints what a stack needs, serves, and ends on SIGTERM", async () => {
    const started = run("--port", "0");
    const output = await printed(started);
    for (const key of ["region", "projectId", "token", "endpoints"]) {
      assert.match(output, new RegExp(`pulumi config set (--secret )?video-analysis:${key} \\S`));
    }
    for (const key of ["serviceId", "iefServiceId"]) {
      assert.match(output, new RegExp(`pulumi config set ${key} [0-9a-f-]{36}\\n`));
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)![0];
    const { services, rootEndpoints } = await connectEmulator(url).state();
    for (const root of Object.values(rootEndpoints)) assert.ok(output.includes(`${root}\n`), root);
    assert.deepEqual(
      services.map(({ platform }) => platform),
      ["edge", "ief", "vias", "vas"],
    );
    started.kill("SIGTERM");
    assert.deepEqual(await once(started, "exit"), [0, null]);
  });

  it("names only services that it has, so that no line sets a placeholder", async () => {
    const file = path.join(folder, "edge-only.yaml");
    writeFileSync(file, `services: [{ platform: edge, id: ${EDGE}, name: faces }]`);
    const started = run("--port", "0", "--config", file);
    const output = await printed(started);
    assert.match(output, new RegExp(`pulumi config set serviceId ${EDGE}\\n`));
    assert.doesNotMatch(output, /iefServiceId|<id>/);
    started.kill("SIGTERM");
    await once(started, "exit");
  });

  it("describes itself in one line of JSON", async () => {
    const started = run("--port", "0", "--json");
    const [line] = (await once(started.stdout!, "data")) as [Buffer];
    const { url, services } = JSON.parse(line.toString()) as { url: string; services: unknown[] };
    assert.equal((await connectEmulator(url).state()).services.length, services.length);
    started.kill("SIGTERM");
    await once(started, "exit");
  });

  it("begins as the example of its guide says, with a task and faults", async () => {
    const file = path.join(folder, "emulator.yaml");
    writeFileSync(file, EXAMPLE);
    const started = run("--config", file);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await printed(started))![0];
    const client = connectEmulator(url);
    assert.deepEqual(
      (await client.tasks()).map(({ name }) => name),
      ["by-hand"],
    );
    assert.deepEqual(await client.calls(), [], "what was there from the beginning was not asked by anybody");
    const list =
      "/modelarts/v1/0123456789abcdef0123456789abcdef/services/2a2db77f-0000-0000-0000-608a31865313/tasks";
    const ask = (): Promise<Response> =>
      fetch(`${url}${list}`, { headers: { "X-Auth-Token": "local-token" } });
    assert.deepEqual([(await ask()).status, (await ask()).status, (await ask()).status], [429, 429, 200]);
    started.kill("SIGINT");
    assert.deepEqual(await once(started, "exit"), [0, null]);
  });

  for (const [title, args, text] of [
    ["a port that is none", ["--port", "99999"], /0 to 65535/],
    ["a file that is missing", ["--config", "no-such-file"], /--config/],
  ] as const) {
    it(`refuses ${title}`, async () => {
      const { status, stderr } = await runToEnd(["emulator", ...args]);
      assert.equal(status, 1);
      assert.match(stderr, text);
    });
  }

  it("ends where the stack cannot be configured", async () => {
    const env = { PATH: folder, PULUMI_HOME: folder, PULUMI_BACKEND_URL: `file://${folder}` };
    const args = ["--configure", "dev", "--cwd", folder];
    const { status, stderr } = await runToEnd(["emulator", ...args], { env });
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION: .*Install the Pulumi CLI/s);
  });

  it("refuses a member that nobody knows, and names it", async () => {
    const file = path.join(folder, "wrong.yaml");
    writeFileSync(file, "services: []\nvideoGroup: []\n");
    const { status, stderr } = await runToEnd(["emulator", "--config", file]);
    assert.equal(status, 1);
    assert.match(stderr, /CONFIGURATION: .*\[videoGroup\]/);
  });
});

describe("start-up files", () => {
  it("are refused by the member that is wrong", () => {
    for (const [content, member] of [
      [{ services: [{ platform: "moon", id: "1", name: "x" }] }, "platform"],
      [{ users: [] }, "users"],
      [{ transitions: { pendingMs: -1 } }, "transitions.pendingMs"],
      [{ requests: [{ service: "modelarts", path: "tasks" }] }, "requests[0].path"],
      [{ faults: [{ kind: "thunder" }] }, "kind"],
      [{ port: 70_000 }, "port"],
      [{ servicePorts: { modelart: 1 } }, "servicePorts.modelart"],
      [{ expiredToken: { status: 500 } }, "expiredToken.status"],
      [[], "body"],
    ] as const) {
      assert.throws(
        () => parseStartup(content),
        (error) => error instanceof UsageError && error.message.includes(member),
        JSON.stringify(content),
      );
    }
  });

  it("may be empty", async () => {
    const emulator = await startFrom(parseStartup(parse("")));
    assert.equal(emulator.services.length, 4);
    await emulator.close();
  });

  it("end with what a service says to a request that it refuses", async () => {
    const startup = parseStartup({
      requests: [{ service: "vias", path: "/v2/{project_id}/batch-tasks", body: {} }],
    });
    await assert.rejects(
      startFrom(startup),
      (error) => error instanceof UsageError && /400/.test(error.message),
    );
  });
});

describe("video-analysis schema", () => {
  it("prints the schema of a type", async () => {
    const { status, stdout } = await runToEnd(["schema", "BatchTask"]);
    assert.equal(status, 0);
    const schema = JSON.parse(stdout) as { title: string; $schema: string };
    assert.deepEqual(
      [schema.title, schema.$schema],
      ["BatchTask", "https://json-schema.org/draft/2020-12/schema"],
    );
  });

  it("prints the package schema", async () => {
    const { status, stdout } = await runToEnd(["schema", "--pulumi"]);
    assert.equal(status, 0);
    const schema = JSON.parse(stdout) as { name: string; version: string };
    assert.deepEqual([schema.name, schema.version], ["video-analysis", VERSION]);
  });

  it("wants a type or the package schema, and not both", async () => {
    const runs = await Promise.all([runToEnd(["schema"]), runToEnd(["schema", "BatchTask", "--pulumi"])]);
    assert.deepEqual(
      runs.map(({ status, stdout }) => [status, stdout]),
      [
        [1, ""],
        [1, ""],
      ],
    );
  });

  it("refuses a type that is none, and names those that are", async () => {
    const { status, stderr } = await runToEnd(["schema", "Task"]);
    assert.equal(status, 1);
    assert.match(stderr, /ServiceTask, BatchTask, VideoAnalysisJob/);
  });
});
