/** The provider process of one run of the engine: its resources share names, owners, connections and lists. */
import { processClock } from "../../common/clock";
import type { Log } from "../../common/log";
import { printable } from "../../common/printable";
import { StatusLines } from "../../common/status-lines";
import { RunRegistry } from "../../core/ownership/run-registry";
import { loadResource } from "../../services/load-resource";
import type { ResourceName } from "../../services/resource-names";
import { type Run, Runtimes } from "../../services/runtime";
import { type ConfigureRequest, knownConfiguration } from "./configuration";
import { engineAddress } from "./engine-address";
import { type Hooks, hooksOf } from "./hooks";
import { RunNotes } from "../engine/run-notes";
import { SharedFailures } from "../engine/shared-failures";
import { stopSignal } from "../engine/shutdown";

/* eslint-disable no-console -- the engine shows the output of the provider process to the user */
const info = (message: string): void => console.log(printable(message));
const writeWarning = (message: string): void => console.warn(`warning: ${printable(message)}`);
/* eslint-enable no-console */

/** Columns of a terminal that the engine leaves: it indents, and marks the line. */
const WIDTH = 74;
const SHORTEST_NAME = 12;

/** The engine shows such lines under the stack, so that they need the resource's name; what happens comes before all of it. */
function status(resource: string, line: string): void {
  const room = Math.max(SHORTEST_NAME, WIDTH - line.length);
  const name = resource.length <= room ? resource : `${resource.slice(0, room - 1)}…`;
  info(`${name}: ${line}`);
}

/** Warnings show under the stack, where a second one like it says nothing new. */
function logOfProcess(): Log {
  const warnings = new StatusLines(writeWarning);
  return { info, warn: (message) => warnings.sayOnce(message, message), status };
}

export class ProviderProcess {
  readonly #runtimes: Runtimes;
  readonly #failures = new SharedFailures();

  constructor(run: Run = runOfEngine()) {
    this.#runtimes = new Runtimes(run);
  }

  /** @param request what the engine configured; absent while the provider's own arguments are not known yet */
  async hooks(name: ResourceName, request: ConfigureRequest | undefined): Promise<Hooks> {
    const resource = await loadResource(name);
    const runtime = this.#runtimes.of(request && knownConfiguration(request));
    return hooksOf(resource.definition, {
      registry: runtime.run.registry,
      failures: this.#failures,
      checkContext: () => runtime.checkSettings(resource),
      runContext: () => runtime.runContext(resource),
    });
  }
}

/** Shares the owners that it sees with the other provider processes of the engine. */
function runOfEngine(): Run {
  const clock = processClock();
  const log = logOfProcess();
  const address = engineAddress(process.argv);
  const notes = address === undefined ? undefined : new RunNotes({ address, clock, warn: log.warn });
  return { registry: new RunRegistry(notes), clock, signal: stopSignal, env: process.env, log };
}
