/** `npm run golden`: records the states of this version. Those of a released version are never written again. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { type Emulator, type JsonObject, type SeedRequest, startFrom } from "../../testkit/emulator";
import { IdSource } from "../../testkit/emulator/ids";
import { KINDS } from "../scenarios/kinds";
import type { Program } from "../scenarios/program";
import { errorsOf, REPOSITORY, TestStack } from "../scenarios/support";
import { CASES, type GoldenCase, programOf, UNFINISHED } from "./cases";
import { ADDRESS, PASSPHRASE, refuseReleased, stateFile, type World, worldFile } from "./golden";

const SEED = "golden";

async function main(): Promise<void> {
  const { version } = JSON.parse(readFileSync(path.join(REPOSITORY, "package.json"), "utf8")) as {
    version: string;
  };
  refuseReleased(version);
  for (const golden of CASES) {
    const { state, world } = await record(golden);
    mkdirSync(path.dirname(worldFile(version, golden.file)), { recursive: true });
    writeFileSync(stateFile(version, golden.file), state);
    writeFileSync(worldFile(version, golden.file), text(world));
    process.stdout.write(`${version}/${golden.file}.json\n`);
  }
}

const text = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** Deploys all resources, at last the one that is left unfinished, one call at a time so that ids come in order. */
async function record(golden: GoldenCase): Promise<{ state: string; world: World }> {
  const options = { seed: SEED, logSecrets: true };
  const emulator = await startFrom({ options, requests: [golden.byHand], faults: [] });
  const stack = new TestStack(emulator, { passphrase: PASSPHRASE, parallel: 1 });
  try {
    const [byHand] = golden.kind.type === "BatchTask" ? emulator.batches() : emulator.tasks();
    const program = programOf(golden, adoptable(golden, String(byHand?.id)));
    await stack.deploy(without(program, UNFINISHED));
    emulator.inject({ kind: "stuckPending", times: null });
    stack.program = program;
    const result = await stack.up();
    if (result.ok || !errorsOf(result).includes("TIMEOUT"))
      throw new Error(`not left unfinished: ${errorsOf(result)}`);
    const state = text(stack.exported()).replaceAll(emulator.url, ADDRESS);
    const changed = programOf(golden, adoptable(golden, String(byHand?.id)), true);
    return { state, world: { program, changed, startup: startupOf(golden, emulator) } };
  } finally {
    await stack.close();
  }
}

function adoptable({ kind, byHand }: GoldenCase, id: string): string {
  const service = /services\/([^/]+)\/tasks/.exec(byHand.path)?.[1];
  return kind === KINDS.find(({ type }) => type === "BatchTask") ? id : `${service ?? ""}/${id}`;
}

const without = ({ tasks = {}, ...rest }: Program, name: string): Program => ({
  ...rest,
  tasks: Object.fromEntries(Object.entries(tasks).filter(([key]) => key !== name)),
});

/** The requests that changed something, for an emulator that gives the same ids whatever it derives new ones from. */
function startupOf({ byHand }: GoldenCase, emulator: Emulator): unknown {
  const requests = emulator.requests
    .filter(({ method, service, status }) => method !== "GET" && service !== "iam" && Number(status) < 300)
    .map(({ method, service, path: whole, body }) => ({
      service: service as SeedRequest["service"],
      method: method as "POST" | "PUT",
      path: below(emulator, service as SeedRequest["service"], whole),
      ...(body === undefined ? {} : { body: body as JsonObject }),
    }));
  const ids = new IdSource(SEED);
  const count = emulator.tasks().length + emulator.batches().length;
  return {
    projectId: emulator.projectId,
    // The state holds it, for operations that do not run the program.
    tokens: [emulator.token],
    taskIds: Array.from({ length: count }, () => ids.taskId()),
    requests: [byHand, ...requests],
  };
}

function below(emulator: Emulator, service: SeedRequest["service"], whole: string): string {
  return whole.slice(new URL(emulator.endpoints[service]).pathname.replace(/\/$/, "").length);
}

void main();
