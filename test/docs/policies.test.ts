/** The policy pack of docs/policies.md, asked as the engine asks one: over its Analyzer service. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeRequest,
  type AnalyzeResponse,
  AnalyzerResourceOptions,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import ts from "typescript";
import type { JsonObject } from "../../testkit/emulator";
import { blocksOf, REPOSITORY } from "./pages";

const DYNAMIC = "pulumi-nodejs:dynamic/video-analysis:";
const PLUGIN = "video-analysis:index:";

const TASK = {
  region: "eu-de",
  input: { type: "url", data: [{ url: "rtsp://gate.cameras.example.com/1" }] },
  output: { webhook: { url: "https://hooks.example.com" } },
};

describe("docs/policies.md", () => {
  let folder: string;
  let pack: ChildProcess;
  let client: AnalyzerClient;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "video-analysis-policies-"));
    symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"));
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ version: "1.0.0" }));
    const [block] = blocksOf("ts").filter(({ place }) => place.startsWith("docs/policies.md"));
    const { outputText } = ts.transpileModule(block?.text ?? "", {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    writeFileSync(path.join(folder, "index.js"), outputText);
    pack = spawn(process.execPath, ["index.js"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const [port] = (await once(pack.stdout!, "data")) as [Buffer];
    client = new AnalyzerClient(`127.0.0.1:${Number(port.toString())}`, grpc.credentials.createInsecure());
  });
  after(() => {
    client.close();
    pack.kill();
    rmSync(folder, { recursive: true });
  });

  async function violations(type: string, properties: JsonObject): Promise<string[]> {
    const request = new AnalyzeRequest();
    request.setType(type);
    request.setOptions(new AnalyzerResourceOptions());
    request.setProperties(Struct.fromJavaScript(properties));
    const analyze = promisify<AnalyzeRequest, AnalyzeResponse>(client.analyze.bind(client));
    const answer = await analyze(request);
    return answer.getDiagnosticsList().map((diagnostic) => diagnostic.getPolicyname());
  }

  for (const [title, prefix] of [
    ["the classes of the package", DYNAMIC],
    ["the provider plugin", PLUGIN],
  ] as const) {
    it(`has nothing against a task that keeps the rules, of ${title}`, async () => {
      assert.deepEqual(await violations(`${prefix}ServiceTask`, TASK), []);
      const data = [
        { url: "rtsp://cameras.example.com/entrance" },
        { url: "rtsp://me:pw@cameras.example.com:554/1" },
      ];
      assert.deepEqual(
        await violations(`${prefix}ServiceTask`, { ...TASK, input: { type: "url", data } }),
        [],
      );
    });

    it(`finds what breaks each rule, of ${title}`, async () => {
      const plainHook = { ...TASK, output: { webhook: { url: "http://hooks.example.com" } } };
      assert.deepEqual(await violations(`${prefix}BatchTask`, plainHook), ["webhooks-use-tls"]);
      assert.deepEqual(await violations(`${prefix}VideoAnalysisJob`, { ...TASK, region: "cn-north-4" }), [
        "tasks-stay-in-the-region",
      ]);
      for (const url of [
        "rtsp://me:secret@cameras.example.com.evil.example/1",
        "rtsp://evil.example?.cameras.example.com/1",
        "rtsp://evil.example#@cameras.example.com/1",
        "rtsp://evilcameras.example.com/1",
      ]) {
        const foreign = { ...TASK, input: { type: "url", data: [...TASK.input.data, { url }] } };
        assert.deepEqual(await violations(`${prefix}ServiceTask`, foreign), ["cameras-are-ours"], url);
      }
    });
  }

  it("leaves other packages alone", async () => {
    assert.deepEqual(await violations("aws:s3/bucket:Bucket", { region: "us-east-1" }), []);
  });
});
