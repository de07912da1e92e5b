/** The files of the projects that are installed and run: small, and in each language the same. */
import * as path from "node:path";
import { ROOT } from "./pack";

const TASK = `{
  serviceId: "2a2db77f-0000-4000-8000-000000000001",
  platform: "edge",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/north" }] },
  output: { dis: { streamName: "results" } },
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
}`;
const BATCH = `{
  serviceName: "fire-smoke",
  serviceVersion: "1.0",
  batchInput: {
    videoSourceGroup: [{ videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: "camera-north-1" }] }],
  },
  output: { dis: { streamName: "results" } },
}`;
const JOB = `{
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/yard" }] },
  output: { webhook: { url: "https://hooks.example.com/in", headers: { "X-Token": "secret" } } },
}`;
const RESOURCES = `const task = new va.ServiceTask("task", ${TASK});
const batch = new va.BatchTask("batch", ${BATCH});
const job = new va.VideoAnalysisJob("job", ${JOB});
`;

/** The program in every language, by the name of its cell. */
export const LANGUAGES = {
  cjs: { entry: "index.cjs" },
  esm: { entry: "index.mjs" },
  ts: { entry: "index.ts" },
} as const;

export type Language = keyof typeof LANGUAGES;

/** Beside each other in one project: the engine is told which to run. */
export const PROGRAM_FILES: Readonly<Record<string, string>> = {
  [LANGUAGES.cjs.entry]: `const va = require("pulumi-video-analysis");
${RESOURCES}exports.ids = [task, batch, job].map(({ id }) => id);
exports.secret = job.output;
`,
  [LANGUAGES.esm.entry]: `import * as va from "pulumi-video-analysis";
${RESOURCES}export const ids = [task, batch, job].map(({ id }) => id);
export const secret = job.output;
`,
  [LANGUAGES.ts.entry]: `import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";
const args: va.ServiceTaskArgs = ${TASK};
${RESOURCES}export const ids: pulumi.Output<string>[] = [task, batch, job].map(({ id }) => id);
export const states: pulumi.Output<string[]> = task.states;
export const secret = job.output;
export const unused = args.platform;
`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, target: "es2022", module: "node16", moduleResolution: "node16" },
    files: [LANGUAGES.ts.entry],
  }),
};

/** A component library, and the program that knows nothing but the library. */
export const LIBRARY_FILES: Readonly<Record<string, string>> = {
  "index.cjs": `const pulumi = require("@pulumi/pulumi");
const va = require("pulumi-video-analysis");
exports.Site = class Site extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("site:index:Site", name, {}, opts);
    this.task = new va.ServiceTask(name, ${TASK}, { parent: this });
    this.registerOutputs({});
  }
};
`,
};
export const LIBRARY_PROGRAM = `const { Site } = require("site");
exports.id = new Site("north").task.id;
`;

/**
 * Runs a program's life on the engine of the repository and the emulator of the package. Says what is wrong, and
 * ends with 1. Arguments: the folder to find the testkit from, the program's file.
 */
export const DRIVER = `const { createRequire } = require("node:module");
const path = require("node:path");
const [from, entry] = process.argv.slice(2);
const { Engine } = require(${JSON.stringify(path.join(ROOT, "dist", "tools", "engine"))});
const { startEmulator } = createRequire(path.join(path.resolve(from), "x.js"))("pulumi-video-analysis/testkit");

const TYPES = /^pulumi-nodejs:dynamic\\/video-analysis:/;

async function main() {
  const emulator = await startEmulator();
  try {
    const engine = new Engine({
      workDir: process.cwd(),
      entry,
      project: "compat",
      stateFile: path.join(process.cwd(), "state." + entry + ".json"),
      config: {
        "video-analysis:region": emulator.region,
        "video-analysis:projectId": emulator.projectId,
        "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
      },
      secretConfig: { "video-analysis:token": emulator.token },
      env: { PULUMI_NODEJS_TYPESCRIPT: entry.endsWith(".ts") ? "true" : undefined },
      programTimeoutMs: 120000,
    });
    const run = async (name, operation, expected) => {
      const result = await operation();
      if (!result.ok) throw new Error(name + " failed:\\n" + result.diagnostics.map(({ message }) => message).join("\\n"));
      const ops = result.steps.filter(({ type }) => TYPES.test(type)).map(({ op, resultOp }) => resultOp ?? op);
      const other = ops.filter((op) => op !== expected);
      if (ops.length === 0 || other.length > 0) throw new Error(name + ": " + (ops.join() || "nothing was done"));
    };
    await run("up", () => engine.up(), "create");
    if (JSON.stringify(engine.exportStack()).includes('"X-Token":"secret"')) throw new Error("a secret is in the state");
    await run("a second up", () => engine.up(), "same");
    await run("refresh", () => engine.refresh(), "same");
    await run("destroy", () => engine.destroy(), "delete");
    const left = [...emulator.tasks(), ...emulator.batches()].map(({ id }) => id);
    if (left.length > 0) throw new Error("left behind: " + left.join());
  } finally {
    await emulator.close();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
`;
