/** Lookups against an emulator, as a program outside of an engine makes them. */
import * as pulumi from "@pulumi/pulumi";
import type { Emulator, EmulatorOptions } from "../../testkit/emulator";
import { Caller, batchTask, edgeTask, iefTask, vasJob } from "../emulator/support";

/** Configuration that leads to an emulator. */
export const configurationFor = (emulator: Emulator): Record<string, string> => ({
  "video-analysis:region": emulator.region,
  "video-analysis:projectId": emulator.projectId,
  "video-analysis:token": emulator.token,
  "video-analysis:endpoints": JSON.stringify(emulator.endpoints),
  "video-analysis:maxRetries": "0",
});

/** No engine and no mocks: what a lookup asks then is the service. */
export function withoutEngine(config: Readonly<Record<string, string>>, preview = false): void {
  pulumi.runtime.resetOptions("project", "stack", 1, "", "", preview, "organization");
  pulumi.runtime.setAllConfig({ ...config }, ["video-analysis:token"]);
}

/** Runs a suite against one emulator on a manual clock, which is empty before each test. */
export function withEmulator(options: EmulatorOptions = {}): () => { caller: Caller; emulator: Emulator } {
  let caller: Caller | undefined;
  before(async () => {
    caller = await Caller.open(options);
  });
  beforeEach(() => {
    caller?.emulator.reset();
    if (caller !== undefined) withoutEngine(configurationFor(caller.emulator));
  });
  after(() => caller?.emulator.close());
  return () => {
    if (caller === undefined) throw new Error("the caller opens before the first test");
    return { caller, emulator: caller.emulator };
  };
}

/** Makes tasks of these names, oldest first, a second apart; their ids in the same order. */
export async function makeTasks(
  caller: Caller,
  service: string,
  names: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  const body =
    caller.emulator.services.find(({ id }) => id === service)?.platform === "ief" ? iefTask : edgeTask;
  for (const name of names) {
    ids.push(await caller.made(service, body(name)));
    caller.emulator.advance(1000);
  }
  return ids;
}

export async function makeJobs(caller: Caller, service: string, names: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { status, text } = await caller.call("iva", "POST", `/services/${service}/tasks`, vasJob(name));
    if (status !== 201) throw new Error(text);
    ids.push((JSON.parse(text) as { id: string }[])[0]!.id);
    caller.emulator.advance(1000);
  }
  return ids;
}

export async function makeBatches(caller: Caller, names: readonly string[], more = {}): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) {
    const { status, json, text } = await caller.call("vias", "POST", "/batch-tasks", batchTask(name, more));
    if (status !== 200) throw new Error(text);
    ids.push(json["id"] as string);
    caller.emulator.advance(1000);
  }
  return ids;
}

export const numbered = (count: number, stem = "task"): string[] =>
  Array.from({ length: count }, (_, index) => `${stem}-${index + 1}`);

export const namesOf = (entries: readonly { readonly name: string }[]): string[] =>
  entries.map(({ name }) => name);

/** The settled value of an output, and whether it is a secret; undefined where it is not known. */
export async function settled<T>(
  output: pulumi.Output<T>,
): Promise<{ readonly value: T; readonly secret: boolean } | undefined> {
  const known = await (Reflect.get(output, "isKnown") as Promise<boolean>);
  const secret = await pulumi.isSecret(output);
  if (!known) return undefined;
  return { value: await new Promise<T>((resolve) => void output.apply(resolve)), secret };
}
