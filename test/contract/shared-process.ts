/**
 * Runs of the engine that share a provider process. Each has a copy of the package to itself, and with it all that a
 * process remembers. The SDK keeps one provider for each `__provider` text, and gives it the configuration of the moment
 * in which it first meets the text: so the text of a run names its copy.
 */
import { cpSync, existsSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT, programDirectory } from "./program-directory";
import { ProviderProcess } from "./provider-process";
import type { Props } from "./values";

/** The module that the text of every state requires. */
const ENTRY = '"pulumi-video-analysis/runtime"';
/** Each run listens for signals, and Node warns of more than ten listeners. */
const MOST_RUNS = 8;

type Environment = Readonly<Record<string, string>>;

/** By environment; those that have had their runs are not among them. */
const current = new Map<string, Promise<SharedProcess>>();

/** The entry of a copy, which is made once and serves one run of each process. */
function entryOf(run: number): string {
  const folder = path.join(programDirectory(), "copies", String(run));
  for (const name of existsSync(folder) ? [] : ["package.json", "dist/package"])
    cpSync(path.join(PACKAGE_ROOT, name), path.join(folder, name), { recursive: true });
  return JSON.stringify(path.join(folder, "dist", "package", "runtime.js"));
}

function replaced(props: Props, entry: string, by: string): Props {
  const { __provider: text } = props;
  return typeof text === "string" ? { ...props, __provider: text.replace(entry, by) } : props;
}

class SharedProcess {
  runs = 0;
  ended = 0;
  /** The configuration of the process is that of the run that comes in; one at a time. */
  #door: Promise<unknown> = Promise.resolve();

  private constructor(readonly process: ProviderProcess) {}

  static async start(env: Environment): Promise<SharedProcess> {
    return new SharedProcess(await ProviderProcess.start({ env }));
  }

  enter(load: () => Promise<unknown>): Promise<void> {
    const entered = this.#door.then(load).then(() => undefined);
    this.#door = entered.catch(() => undefined);
    return entered;
  }

  async end(): Promise<void> {
    this.ended += 1;
    if (this.ended === MOST_RUNS) await this.process.interrupt();
  }
}

export class SharedRun {
  readonly #entry: string;
  readonly #entered = new Map<unknown, Promise<void>>();
  /** Earlier output of the process. */
  readonly #before: number;

  private constructor(private readonly shared: SharedProcess) {
    shared.runs += 1;
    this.#entry = entryOf(shared.runs);
    this.#before = shared.process.output.length;
  }

  static async start(env: Environment = {}): Promise<SharedRun> {
    const key = JSON.stringify(env);
    const known = current.get(key) ?? SharedProcess.start(env);
    current.set(key, known);
    const run = new SharedRun(await known);
    if (run.shared.runs === MOST_RUNS) current.delete(key);
    return run;
  }

  get process(): ProviderProcess {
    return this.shared.process;
  }

  get output(): string {
    return this.process.output.slice(this.#before);
  }

  /** Properties as this run's copy gets them. */
  sent(props: Props): Props {
    return replaced(props, ENTRY, this.#entry);
  }

  received(props: Props): Props {
    return replaced(props, this.#entry, ENTRY);
  }

  /** Has the provider of a text loaded before the first call that needs it, with the configuration of this run. */
  enter({ __provider: text }: Props, load: () => Promise<unknown>): Promise<void> {
    const entered = this.#entered.get(text) ?? this.shared.enter(load);
    this.#entered.set(text, entered);
    return entered;
  }

  end(): Promise<void> {
    return this.shared.end();
  }
}

/** Ends the processes that have not had all their runs. */
export async function endShared(): Promise<void> {
  const left = [...current.values()];
  current.clear();
  await Promise.all(left.map(async (shared) => (await shared).process.kill()));
}
