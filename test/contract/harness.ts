/** An emulator, and the runs of an engine against it. */
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  type TaskSnapshot,
} from "../../testkit/emulator";
import { CallFailed } from "./failures";
import { currentFront } from "./front";
import type { Provider } from "./provider";
import { type Kind, serviceTaskKind } from "./kinds";
import { endShared } from "./shared-process";
import { Tap } from "./tap";
import type { Props } from "./values";

export { EDGE, edgeArgs, IEF, iefArgs } from "./kinds/service-task";

/** A timeout to wait for: half a second on the fast clock, and all of it for the calls on a busy machine. */
export const AWAITED = "30s";

// For the whole test run: a process that others might have shared must not keep it alive.
after(endShared);

export class Harness {
  readonly #providers: Provider[] = [];
  #provider: Provider | undefined;

  private constructor(
    readonly emulator: Emulator,
    readonly tap: Tap,
  ) {}

  /** The emulator takes any video source, so that tests can name as many as they like. */
  static async open(options: EmulatorOptions = {}): Promise<Harness> {
    const emulator = await startEmulator({ undeclaredVideoSources: "accept", ...options });
    return new Harness(emulator, await Tap.open(emulator.url));
  }

  /** The run of the engine that the tests share. */
  get provider(): Provider {
    if (this.#provider === undefined) throw new Error("call start first");
    return this.#provider;
  }

  /** Stack configuration for the emulator, by default through the tap and with its token. */
  config(more: Props = {}, origin = this.tap.url): Props {
    const { region, projectId, token } = this.emulator;
    const names = ["modelarts", "vias", "iva", "iam"] as const;
    const endpoints = JSON.stringify(Object.fromEntries(names.map((name) => [name, `${origin}/${name}`])));
    const all: Props = { region, projectId, token, endpoints, ...more };
    return Object.fromEntries(
      Object.entries(all)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => [`video-analysis:${key}`, value]),
    );
  }

  /** A further run of the engine, which remembers nothing of the others. */
  async newRun(config: Props = this.config(), env?: Readonly<Record<string, string>>): Promise<Provider> {
    return this.#kept(await currentFront().share(config, env));
  }

  /** A further run in a process of its own; null leaves it unconfigured. */
  async newProcess(
    config: Props | null = this.config(),
    env?: Readonly<Record<string, string>>,
  ): Promise<Provider> {
    return this.#kept(await currentFront().start(config ?? undefined, env));
  }

  #kept(provider: Provider): Provider {
    this.#providers.push(provider);
    return provider;
  }

  /** Another process of a run, as an explicit provider has it. */
  async join(run: Provider, config: Props = this.config()): Promise<Provider> {
    return this.#kept(await currentFront().start(config, undefined, run.process.engine));
  }

  /** Starts the run that the tests share from now on. */
  async start(run: Promise<Provider> = this.newRun()): Promise<void> {
    this.#provider = await run;
  }

  /** Everything that the runs have written. */
  get output(): string {
    return this.#providers.map(({ output }) => output).join("\n");
  }

  /** Names of the operations that reached the service for a task name, in order. */
  operations(name: string, kind: Kind = serviceTaskKind): string[] {
    return this.emulator.calls({ name, service: kind.service }).map(({ operation }) => operation);
  }

  tasksNamed(name: string): TaskSnapshot[] {
    return this.emulator.tasks().filter((task) => task.name === name);
  }

  /** How many creates of a name reached the service. */
  posts(name: string, kind: Kind = serviceTaskKind): number {
    return this.emulator.calls({ operation: kind.operations.create, service: kind.service, name }).length;
  }

  /** A create whose result never reached the state. */
  async lost(kind: Kind, args: Props): Promise<string[]> {
    await this.provider.up(args);
    return kind.made(this.emulator, String(args.name ?? args.autoName));
  }

  async close(): Promise<void> {
    await Promise.all(this.#providers.map((provider) => provider.end()));
    await this.tap.close();
    await this.emulator.close();
  }
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

/** The same where a run may have said the cause of another resource already: then the text is brief. */
export function failsWithCause(code: string, ...patterns: RegExp[]): (error: unknown) => boolean {
  const full = failsWith(code, ...patterns);
  return (error) => full(error) || failsWith(code, /the same cause as for "/)(error);
}

/** Resolves when the condition holds, which is looked at again and again; mocha's own limit ends the wait. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
