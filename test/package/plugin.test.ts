/** The provider plugin that npm publishes: it needs nothing beside its own folder and Node. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb";
import rpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import messages from "@pulumi/pulumi/proto/provider_pb";
import { Installation } from "./installation";

const LAUNCHER = "pulumi-resource-video-analysis";

describe("the provider plugin in the package", () => {
  let installed: Installation;
  let folder: string;
  let child: ChildProcess | undefined;
  before(() => {
    installed = new Installation();
    // Far from all packages.
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-plugin-"));
    cpSync(path.join(installed.home, "dist", "plugin"), path.join(folder, "plugin"), { recursive: true });
  });
  afterEach(async () => {
    if (child === undefined) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
    child = undefined;
  });
  after(() => {
    installed.remove();
    rmSync(folder, { recursive: true });
  });

  async function start(launcher: string): Promise<InstanceType<typeof rpc.ResourceProviderClient>> {
    child = spawn(launcher, [], { stdio: ["ignore", "pipe", "inherit"], cwd: folder });
    assert.ok(child.stdout);
    const [port] = (await once(createInterface(child.stdout), "line")) as [string];
    return new rpc.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  }

  it("is started by its launcher, and answers with the schema and the version of the package", async () => {
    const client = await start(path.join(folder, "plugin", LAUNCHER));
    const schema = await promisify(
      client.getSchema.bind(client) as Ask<typeof messages.GetSchemaRequest, Schema>,
    )(new messages.GetSchemaRequest());
    assert.equal(schema.getSchema(), installed.read("dist/plugin/schema.json"));
    const info = await promisify(client.getPluginInfo.bind(client) as Ask<typeof empty.Empty, Info>)(
      new empty.Empty(),
    );
    assert.equal(info.getVersion(), installed.manifest.version);
    client.close();
  });

  it("is started by a link to its launcher, as on a PATH", async () => {
    const link = path.join(folder, LAUNCHER);
    symlinkSync(path.join(folder, "plugin", LAUNCHER), link);
    (await start(link)).close();
  });

  it("has launchers that may be executed, one with the ending that Windows knows", () => {
    for (const name of [LAUNCHER, `${LAUNCHER}.cmd`]) {
      assert.equal(statSync(path.join(installed.home, "dist", "plugin", name)).mode & 0o111, 0o111);
    }
  });

  it("has a map that leads to every own source, with its text", () => {
    const map = JSON.parse(installed.read("dist/plugin/plugin.js.map")) as {
      readonly sources: readonly string[];
      readonly sourcesContent: readonly (string | null)[];
    };
    const own = map.sources.flatMap((source, index) =>
      source.includes("node_modules") ? [] : [[source, map.sourcesContent[index]] as const],
    );
    assert.ok(own.some(([source]) => source.endsWith("provider/fronts/plugin/main.ts")));
    for (const [source, content] of own) {
      if (source.endsWith(".json")) continue;
      assert.equal(content, readFileSync(path.join(installed.home, "dist/plugin", source), "utf8"), source);
    }
  });

  it("carries the licences of the packages that are in it", () => {
    const licenses = installed.read("dist/plugin/licenses.txt");
    const bundled = new Set(
      [...installed.read("dist/plugin/plugin.js").matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(
        ([, name = ""]) => name,
      ),
    );
    assert.ok(bundled.has("zod") && bundled.has("@grpc/grpc-js"));
    for (const name of bundled) assert.ok(licenses.includes(`${name} `), name);
  });
});

type Ask<Request extends abstract new (...args: never[]) => unknown, Answer> = (
  request: InstanceType<Request>,
  done: (error: Error | null, answer: Answer) => void,
) => void;
interface Schema {
  getSchema(): string;
}
interface Info {
  getVersion(): string;
}
