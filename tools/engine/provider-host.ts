/** The provider processes of one operation. */
import { DynamicProvider } from "./dynamic-provider";
import { ProviderCalls } from "./provider-calls";
import { ProviderProcess } from "./provider-process";
import type { Recorder } from "./recorder";
import type { Sdk } from "./sdk";

export interface ProviderHostOptions {
  readonly sdk: Sdk;
  readonly workDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly engineAddress: () => string;
  readonly recorder: Recorder;
  readonly onLine: (line: string) => void;
}

/** Owns the provider processes of one operation. */
export class ProviderHost {
  readonly #options: ProviderHostOptions;
  readonly #launched: Promise<ProviderProcess>[] = [];
  readonly #running = new Set<ProviderProcess>();

  constructor(options: ProviderHostOptions) {
    this.#options = options;
  }

  /** A new provider instance with a process of its own, which starts with the first call. */
  provider(): DynamicProvider {
    const { sdk, recorder } = this.#options;
    return new DynamicProvider(sdk, new ProviderCalls(sdk, recorder, () => this.#launch()));
  }

  #launch(): Promise<ProviderProcess> {
    const launching = ProviderProcess.start({
      ...this.#options,
      engineAddress: this.#options.engineAddress(),
    }).then((process) => {
      this.#running.add(process);
      this.#options.recorder.event({ type: "process-start", process: "provider", pid: process.pid });
      return process;
    });
    this.#launched.push(launching);
    return launching;
  }

  kill(signal: NodeJS.Signals): void {
    this.#running.forEach((process) => process.kill(signal));
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#launched);
    await Promise.all([...this.#running].map((process) => process.stop()));
    this.#running.clear();
  }
}
