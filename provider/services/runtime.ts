/** Settings in, gateways out: owns connections, shared lists and page sizes of one configuration. */
import { createHash } from "node:crypto";
import { type Clock, processClock } from "../common/clock";
import type { Deadline } from "../common/deadline";
import type { PropertyMap } from "../common/json";
import { type Log, silent } from "../common/log";
import type { Location, Target } from "../core/contract";
import type { RunContext } from "../core/operation";
import { RunRegistry } from "../core/ownership/run-registry";
import { deadlineFor } from "../core/reconcile/timeouts";
import { IamClient } from "./api/iam";
import type { TasksClientOptions } from "./api/tasks-client";
import type { Environment, SettingsSource } from "./auth/configuration";
import { Connections } from "./auth/connection";
import type { Service } from "./auth/endpoints";
import { resolveSettings, type Settings } from "./auth/settings";
import { checkContextOf, type CheckSettings, withFiles } from "./check-context";
import { CONFIGURATION_KEYS } from "./configuration";
import { configurationSource, configurationSources, type Configured, settingsChain } from "./configured";
import { type Account, connect } from "./connect";
import { type DebugSink, debugSink } from "./http/debug";
import { HostLimiters } from "./http/host-limiter";
import { Transport } from "./http/transport";
import { type Resource, SharedObjects } from "./resource";

/** Asks for the tasks of interrupted runs; no configuration, for it must not stay. */
const RESUME_VARIABLE = "VIDEO_ANALYSIS_RESUME";

/** Objects that all runtimes of a run share; made by the process that runs them. */
export interface Run {
  readonly registry: RunRegistry;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly env: Environment;
  readonly log: Log;
  /** Takes every request and answer as text where `VIDEO_ANALYSIS_DEBUG` asks for it; default: the standard error. */
  readonly debug?: DebugSink;
}

/** The run of a process without an engine, such as a command: there is none to share anything with. */
export function runWithoutEngine(): Run {
  const { signal } = new AbortController();
  return {
    registry: new RunRegistry(),
    clock: processClock(),
    signal,
    env: process.env,
    log: silent,
  };
}

export interface Connected {
  readonly location: Location;
  readonly client: TasksClientOptions;
}

export class ProviderRuntime {
  readonly run: Run;
  readonly #configured: Configured | undefined;
  readonly #limiters: HostLimiters;
  /** Objects that all callers with this configuration share. */
  readonly shared = new SharedObjects();
  #account: Account | undefined;

  /** @param configured absent while a provider's own arguments are not known yet */
  constructor(run: Run, configured: Configured | undefined, limiters = new HostLimiters()) {
    this.run = run;
    this.#configured = configured;
    this.#limiters = limiters;
  }

  /** What check and diff see of the settings: offline, and without credentials. */
  checkSettings({ service }: Pick<Resource, "service">): CheckSettings {
    const { env, log } = this.run;
    return this.shared.getOrCreate(`check settings of ${service}`, () =>
      checkContextOf({
        configured: configurationSource(this.#configured),
        sources: withFiles(this.#chain(), env, this.#configured?.directory),
        service,
        isKnown: this.#configured !== undefined,
        warn: log.warn,
      }),
    );
  }

  /** What operations on a resource run in. Throws `CONFIGURATION` where the settings are not usable. */
  runContext(resource: Resource): RunContext {
    const { registry, clock, signal, env, log } = this.run;
    const { settings } = this.#open();
    return {
      clock,
      registry,
      signal,
      allowDuplicateNames: settings.allowDuplicateNames,
      resume: env[RESUME_VARIABLE] === "1",
      ...(settings.waitFor === undefined ? {} : { defaultWaitFor: settings.waitFor }),
      open: async (target, deadline) => {
        const { location, client } = await this.connect(resource.service, target, deadline);
        const options = { client, target, settings, clock, shared: this.shared };
        return { gateway: resource.openGateway(options), ...location };
      },
      log,
    };
  }

  /** @throws `CONFIGURATION` where region, project or credentials are missing or not usable */
  async connect(service: Service, target: Target, deadline: Deadline): Promise<Connected> {
    return connect(this.#open(), target, service, deadline);
  }

  /** The time for one answer, such as a page of a list. */
  readDeadline(subject: string, args: PropertyMap): Deadline {
    return deadlineFor("read", args, subject, this.run);
  }

  /** The same run with some configuration keys set otherwise. */
  with(values: Readonly<Record<string, string>>): ProviderRuntime {
    const { config = { get: () => undefined }, options } = this.#configured ?? {};
    const over = (given: Configured["config"]): Configured["config"] => ({
      get: (key) => values[key] ?? given.get(key),
    });
    const configured = {
      ...this.#configured,
      config: over(config),
      ...(options === undefined ? {} : { options: over(options) }),
    };
    return new ProviderRuntime(this.run, configured, this.#limiters);
  }

  #chain(): readonly SettingsSource[] {
    return settingsChain(this.#configured, this.run.env);
  }

  /** A failure is not remembered: the next call may find the file that was missing. */
  #open(): Account {
    this.#account ??= openAccount(
      resolveSettings(this.#chain(), this.run.env, this.#configured?.directory),
      this.run,
      this.#limiters,
    );
    return this.#account;
  }
}

function openAccount(settings: Settings, { clock, env, log, debug }: Run, limiters: HostLimiters): Account {
  const transport = new Transport({
    ...settings,
    clock,
    limiters,
    warn: log.warn,
    debug: debugSink(env, debug),
  });
  return { settings, transport, connections: new Connections(settings, new IamClient(transport), clock) };
}

/** Runtimes of one run by their configuration: equal ones share connections, tokens and lists. */
export class Runtimes {
  readonly #run: Run;
  /** A host that throttles one account is left alone by all. */
  readonly #limiters = new HostLimiters();
  readonly #shared = new SharedObjects();

  constructor(run: Run) {
    this.#run = run;
  }

  /** @param configured absent while a provider's own arguments are not known yet */
  of(configured: Configured | undefined): ProviderRuntime {
    const sources = configured === undefined ? [] : configurationSources(configured);
    const values = sources.map((source) => CONFIGURATION_KEYS.map((key) => source.get(key) ?? null));
    // A hash, so that secrets are not kept twice.
    const key = createHash("sha256")
      .update(JSON.stringify([configured !== undefined, configured?.directory ?? null, values]))
      .digest("hex");
    return this.#shared.getOrCreate(key, () => new ProviderRuntime(this.#run, configured, this.#limiters));
  }
}
