/** One provider of one run of the engine: its configuration, its messages, and the run that its operations share. */
import type { Clock } from "../../common/clock";
import { VideoAnalysisError } from "../../common/errors";
import type { RunContext } from "../../core/operation";
import type { RunRegistry } from "../../core/ownership/run-registry";
import type { Environment } from "../../services/auth/configuration";
import type { Configured } from "../../services/configured";
import type { Resource } from "../../services/resource";
import { type ProviderRuntime, type Run, Runtimes } from "../../services/runtime";
import { SharedFailures } from "../engine/shared-failures";
import { EngineLog, type SendEntry } from "./engine-log";
import { ownerOf } from "./resource-address";

export interface SessionOptions {
  readonly registry: RunRegistry;
  readonly clock: Clock;
  readonly env: Environment;
  /** Aborted when the process has to end. */
  readonly stop: AbortSignal;
  readonly send: SendEntry;
}

/** What a request says of the operation that it asks for. */
export interface Asked {
  readonly urn: string;
  /** The time that the program's `customTimeouts` leave, in milliseconds; absent where they say nothing. */
  readonly timeout?: number;
}

export class Session {
  readonly run: Run;
  readonly log: EngineLog;
  readonly failures = new SharedFailures();
  readonly runtimes: Runtimes;
  readonly #cancelled = new AbortController();
  #configured: Configured | undefined;
  /** Kept, since it is found by a hash over the whole configuration. */
  #runtime: ProviderRuntime | undefined;

  constructor({ registry, clock, env, stop, send }: SessionOptions) {
    this.log = new EngineLog(send);
    const log = this.log.of();
    const signal = AbortSignal.any([stop, this.#cancelled.signal]);
    this.run = { registry, clock, env, signal, log, debug: log.info };
    this.runtimes = new Runtimes(this.run);
  }

  configure(configured: Configured): void {
    this.#configured = configured;
    this.#runtime = undefined;
  }

  /** Ends all waiting: operations report what they know. */
  cancel(): void {
    this.#cancelled.abort();
  }

  /** @throws `CONFIGURATION` before the engine has configured the provider */
  get configured(): Configured {
    if (this.#configured !== undefined) return this.#configured;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "the engine has not configured the provider. Run the command again; if that does not help, report it.",
    );
  }

  get runtime(): ProviderRuntime {
    this.#runtime ??= this.runtimes.of(this.configured);
    return this.#runtime;
  }

  /** What an operation on a resource runs in. Throws `CONFIGURATION` where the settings are not usable. */
  runContext(resource: Resource, { urn, timeout }: Asked): RunContext {
    return {
      ...this.runtime.runContext(resource),
      owner: ownerOf(urn),
      log: this.log.of(urn),
      ...(timeout === undefined ? {} : { timeout }),
    };
  }
}
