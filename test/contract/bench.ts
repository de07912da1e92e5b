/** An emulator, and the runs of an engine against it. */
import {
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  type TaskSnapshot,
} from "../../testkit/emulator";
import { CallFailed } from "./failures";
import { Provider } from "./harness";
import { endSpare } from "./provider-process";
import { Tap } from "./tap";
import type { Props } from "./values";

export const EDGE = DEFAULT_EDGE_SERVICE.id;
export const IEF = DEFAULT_IEF_SERVICE.id;

// For the whole test run: a process that no test took must not keep it alive.
after(endSpare);

export class Bench {
  readonly #providers: Provider[] = [];
  #provider: Provider | undefined;

  private constructor(
    readonly emulator: Emulator,
    readonly tap: Tap,
  ) {}

  static async open(options: EmulatorOptions = {}): Promise<Bench> {
    const emulator = await startEmulator(options);
    return new Bench(emulator, await Tap.open(emulator.url));
  }

  /** The run of the engine that the tests share. */
  get provider(): Provider {
    if (this.#provider === undefined) throw new Error("call start first");
    return this.#provider;
  }

  /** Stack configuration for the emulator, by default through the tap and with its token. */
  config(more: Props = {}, origin = this.tap.url): Props {
    const { region, projectId, token } = this.emulator;
    const endpoints = JSON.stringify({ modelarts: `${origin}/modelarts`, iam: `${origin}/iam` });
    const all: Props = { region, projectId, token, endpoints, ...more };
    return Object.fromEntries(
      Object.entries(all)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [`video-analysis:${key}`, value]),
    );
  }

  /** Starts the process of a further run; null leaves it unconfigured. */
  async newRun(config: Props | null = this.config()): Promise<Provider> {
    const provider = await Provider.start(config ?? undefined);
    this.#providers.push(provider);
    return provider;
  }

  /** Starts the process that the tests share from now on. */
  async start(config: Props | null = this.config()): Promise<void> {
    this.#provider = await this.newRun(config);
  }

  /** Everything that the processes have written. */
  get output(): string {
    return this.#providers.map((provider) => provider.process.output).join("\n");
  }

  /** Names of the operations that reached the service for a task name, in order. */
  operations(name: string): string[] {
    return this.emulator.calls({ name }).map(({ operation }) => operation);
  }

  tasksNamed(name: string): TaskSnapshot[] {
    return this.emulator.tasks().filter((task) => task.name === name);
  }

  posts(name: string): number {
    return this.emulator.calls({ operation: "createServiceTask", name }).length;
  }

  async close(): Promise<void> {
    await Promise.all(this.#providers.map((provider) => provider.stop()));
    await this.tap.close();
    await this.emulator.close();
  }
}

/** A program's IEF task, sources and output without secrets. */
export function iefArgs(name: string, more: Props = {}): Props {
  return {
    serviceId: IEF,
    platform: "ief",
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { streamName: "results" } },
    ...more,
  };
}

/** A program's Edge task. */
export function edgeArgs(name: string, more: Props = {}): Props {
  return {
    serviceId: EDGE,
    platform: "edge",
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { streamName: "results" } },
    sourceUsageEstimate: { cpu: 0.1, memory: 32 },
    ...more,
  };
}

/** The same arguments with a name that the class made up. */
export function defaultNamed(args: Props): Props {
  return { ...without(args, "name"), autoName: args.name };
}

/** A copy without one property. */
export function without(props: Props, key: string): Props {
  return Object.fromEntries(Object.entries(props).filter(([name]) => name !== key));
}

/** A matcher for `assert.rejects`: the stable code, and what the text must say. */
export function failsWith(code: string, ...patterns: RegExp[]): (error: unknown) => boolean {
  return (error) => {
    if (!(error instanceof CallFailed)) return false;
    return error.code === code && patterns.every((pattern) => pattern.test(error.message));
  };
}

/** Resolves when the condition holds, which is looked at again and again; mocha's own limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
