/** The emulated services that the bench calls, and how often they were called. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import {
  connectEmulator,
  type EmulatorClient,
  type EmulatorEndpoints,
  type RequestEntry,
} from "../../testkit/emulator";

/** Tasks of a ModelArts page: the documents give no maximum. */
export const LARGE_PAGES = 1000;

/** The address and credentials for callers. */
export interface ServiceFacts {
  readonly url: string;
  readonly region: string;
  readonly projectId: string;
  readonly token: string;
  readonly endpoints: EmulatorEndpoints;
}

export class Service {
  readonly #child: ChildProcess;

  readonly control: EmulatorClient;

  private constructor(
    child: ChildProcess,
    readonly facts: ServiceFacts,
  ) {
    this.#child = child;
    this.control = connectEmulator(facts.url);
  }

  static async start(): Promise<Service> {
    const child = fork(require.resolve("./service-process"), {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    const [first] = (await Promise.race([once(child, "message"), once(child, "exit")])) as [unknown];
    if (typeof first !== "object" || first === null)
      throw new Error("the emulator's process ended at its start");
    return new Service(child, first as ServiceFacts);
  }

  /** Configuration of a stack or provider process for this package. */
  config(): Record<string, string> {
    const { region, projectId, token, endpoints } = this.facts;
    return {
      "video-analysis:region": region,
      "video-analysis:projectId": projectId,
      "video-analysis:endpoints": JSON.stringify(endpoints),
      "video-analysis:token": token,
    };
  }

  /** The requests that an action makes, in order. */
  async during<T>(
    action: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly requests: RequestEntry[] }> {
    await this.control.clearRequests();
    const result = await action();
    return { result, requests: await this.control.calls() };
  }

  async close(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}
