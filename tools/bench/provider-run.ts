/**
 * One run of the engine, reduced to what it asks of the provider process: the SDK's own `cmd/dynamic-provider`, called
 * in the engine's order and as many calls at a time. What engine and state file take by themselves is left out.
 */
import { readFileSync } from "node:fs";
import { DynamicProvider } from "../engine/dynamic-provider";
import type { PropertyMap } from "../engine/property-value";
import { ProviderCalls } from "../engine/provider-calls";
import { ProviderProcess } from "../engine/provider-process";
import { Recorder } from "../engine/recorder";
import { loadSdk } from "../engine/sdk";
import { cleanEnvironment } from "./engines/engine";
import { PROJECT, programIn } from "./engines/program-directory";

/** The engine's own default on a machine of up to four processors. */
const PARALLEL = 16;
const UNLIMITED = 0;

/** A resource to be created. */
export interface Declaration {
  readonly type: string;
  readonly name: string;
  /** With the provider text. */
  readonly args: PropertyMap;
}

/** A resource, as the state records it. */
export interface Recorded {
  readonly declaration: Declaration;
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export class ProviderRun {
  readonly #provider: DynamicProvider;
  readonly #started: () => ProviderProcess | undefined;

  private constructor(provider: DynamicProvider, started: () => ProviderProcess | undefined) {
    this.#provider = provider;
    this.#started = started;
  }

  /** Does something with a provider process of its own, which ends afterwards. */
  static async with<T>(
    scratch: string,
    config: Readonly<Record<string, string>>,
    action: (run: ProviderRun) => Promise<T>,
  ): Promise<T> {
    let process: ProviderProcess | undefined;
    const printed: string[] = [];
    const sdk = loadSdk(programIn(scratch));
    const launch = async (): Promise<ProviderProcess> => {
      process = await ProviderProcess.start({
        sdk,
        workDir: programIn(scratch),
        env: { ...cleanEnvironment(), HOME: scratch, PULUMI_NODEJS_PROJECT: PROJECT },
        // A dynamic provider never calls the engine.
        engineAddress: "127.0.0.1:1",
        onLine: (line) => printed.push(line),
      });
      return process;
    };
    const provider = new DynamicProvider(sdk, new ProviderCalls(sdk, new Recorder(undefined), launch));
    provider.configure(urnOf("pulumi:providers:pulumi-nodejs", "default"), { ...config });
    try {
      return await action(new ProviderRun(provider, () => process));
    } catch (error) {
      throw new Error(["A provider process failed; it printed:", ...printed].join("\n  "), { cause: error });
    } finally {
      await process?.stop();
    }
  }

  /** Creates, as `up` of a new stack does. */
  up(declarations: readonly Declaration[]): Promise<Recorded[]> {
    return inParallel(declarations, async (declaration) => {
      const urn = urnOf(declaration.type, declaration.name);
      const inputs = await this.#check(urn, {}, declaration.args);
      const answer = await this.#provider.create({ urn, inputs, timeout: UNLIMITED, preview: false });
      return { declaration, id: answer.id, inputs, outputs: answer.outputs };
    });
  }

  /** Checks and compares, as a preview of an unchanged program does. */
  async preview(resources: readonly Recorded[]): Promise<void> {
    await inParallel(resources, async ({ declaration, id, inputs, outputs }) => {
      const urn = urnOf(declaration.type, declaration.name);
      const newInputs = await this.#check(urn, inputs, declaration.args);
      await this.#provider.diff({
        ...{ urn, id, newInputs, oldInputs: inputs, oldOutputs: outputs },
        allowUnknowns: true,
        ignoreChanges: [],
      });
    });
  }

  /** Reads; fails where a resource is gone. */
  refresh(resources: readonly Recorded[]): Promise<Recorded[]> {
    return inParallel(resources, async ({ declaration, id, inputs, outputs }) => {
      const urn = urnOf(declaration.type, declaration.name);
      const answer = await this.#provider.read({ urn, id, inputs, state: outputs });
      if (answer.id === "" || answer.outputs === undefined) throw new Error(`${declaration.name} is gone`);
      return { declaration, id, inputs: answer.inputs ?? inputs, outputs: answer.outputs };
    });
  }

  async destroy(resources: readonly Recorded[]): Promise<void> {
    await inParallel(resources, ({ declaration, id, inputs, outputs }) => {
      const urn = urnOf(declaration.type, declaration.name);
      return this.#provider.delete({ urn, id, inputs, outputs, timeout: UNLIMITED });
    });
  }

  /** The most memory that the process has had so far, in bytes; undefined where the system has no figure. */
  peakMemory(): number | undefined {
    const pid = this.#started()?.pid;
    return pid === undefined ? undefined : peakMemoryOf(pid);
  }

  async #check(urn: string, olds: PropertyMap, news: PropertyMap): Promise<PropertyMap> {
    const { inputs, failures } = await this.#provider.check({ urn, olds, news, allowUnknowns: true });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
    return inputs;
  }
}

const urnOf = (type: string, name: string): string => `urn:pulumi:bench::${PROJECT}::${type}::${name}`;

const KIBIBYTE = 1024;

/** From Linux's process file system; other systems have none. */
function peakMemoryOf(pid: number): number | undefined {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kibibytes === undefined ? undefined : Number(kibibytes) * KIBIBYTE;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

/** Results in the order of the items. */
async function inParallel<T, R>(items: readonly T[], action: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await action(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
  return results;
}
