/** The hooks of a service task over a fake service: what one run of the engine sees. */
import { isVideoAnalysisError } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import type { CheckContext } from "../../provider/core/operations/check";
import type { ResourceDefinition, Target } from "../../provider/core/contract";
import type { RunContext } from "../../provider/core/operation";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import { SharedFailures } from "../../provider/fronts/engine/shared-failures";
import { hooksOf, type Hooks } from "../../provider/fronts/dynamic/hooks";
import { serviceTask } from "../../provider/services/service-task/definition";
import { SERVICE } from "./arguments";
import { FakeClock } from "./fake-clock";
import { FakeService } from "./fake-service";

/** The constant provider text that the engine hands to every hook and wants back. */
export const PROVIDER_TEXT = 'exports.handler=()=>require("pulumi-video-analysis/runtime").ServiceTask';

/** Where the fake service lives. */
export const LOCATION = {
  region: "eu-de",
  projectId: "b7220000000000000000000000eb4674",
  endpoint: "https://modelarts.eu-de.otc.t-systems.com",
} as const;

export interface Options {
  readonly service?: FakeService;
  /** In place of the service task's own. */
  readonly definition?: ResourceDefinition;
  readonly context?: Partial<Omit<CheckContext, "isUnknown" | "warn">>;
  readonly allowDuplicateNames?: boolean;
  /** Whether the run asks for the orphans of interrupted ones. */
  readonly resume?: boolean;
  /** That of another process of the same run shares its notes. */
  readonly registry?: RunRegistry;
}

export class World {
  readonly service: FakeService;
  readonly clock = new FakeClock();
  readonly registry: RunRegistry;
  readonly stop = new AbortController();
  readonly messages: string[] = [];
  /** Targets that gateways were opened for. */
  readonly targets: Target[] = [];
  /** In which its operations run. */
  readonly environment: RunContext;
  readonly hooks: Hooks;

  /** One process; give it the service of another world to run again in a new process. */
  constructor(options: Options = {}) {
    this.service = options.service ?? new FakeService();
    this.registry = options.registry ?? new RunRegistry();
    const { defaultWaitFor } = options.context ?? {};
    const say = (message: string) => this.messages.push(message);
    const environment: RunContext = (this.environment = {
      clock: this.clock,
      registry: this.registry,
      signal: this.stop.signal,
      allowDuplicateNames: options.allowDuplicateNames ?? false,
      resume: options.resume ?? false,
      ...(defaultWaitFor === undefined ? {} : { defaultWaitFor }),
      open: (target) => {
        this.targets.push(target);
        return Promise.resolve({ ...LOCATION, gateway: this.service });
      },
      log: { info: say, warn: say, status: (resource, line) => say(`${resource}: ${line}`) },
    });
    this.hooks = hooksOf(options.definition ?? serviceTask, {
      registry: this.registry,
      failures: new SharedFailures(),
      checkContext: () => ({ ...options.context, warn: say }),
      runContext: () => environment,
    });
  }

  /** Check as the engine calls it; throws when something is refused. */
  async check(news: PropertyMap, olds: PropertyMap = {}): Promise<PropertyMap> {
    const { inputs, failures } = await this.hooks.check(olds, { ...news, __provider: PROVIDER_TEXT });
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join());
    return plain(inputs) as PropertyMap;
  }

  /** Check and create. */
  async create(news: PropertyMap): Promise<{ id: string; outs: PropertyMap; inputs: PropertyMap }> {
    const inputs = await this.check(news);
    const { id, outs } = await this.hooks.create({ ...inputs, __provider: PROVIDER_TEXT });
    return { id, outs: plain(outs) as PropertyMap, inputs };
  }

  async read(
    id: string,
    outs: PropertyMap,
  ): Promise<{ id?: string; props?: PropertyMap; inputs?: PropertyMap }> {
    const { id: found, props, inputs } = await this.hooks.read(id, { ...outs, __provider: PROVIDER_TEXT });
    if (found === undefined) return {};
    return { id: found, props: plain(props) as PropertyMap, inputs: plain(inputs) as PropertyMap };
  }

  async update(id: string, outs: PropertyMap, inputs: PropertyMap): Promise<PropertyMap> {
    return plain((await this.hooks.update(id, outs, inputs)).outs) as PropertyMap;
  }
}

/** Values as the engine hands them to hooks: without secret envelopes. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const bag = value as PropertyMap;
  if ("4dabf18193072939515e22adb298388d" in bag) return plain(bag.value);
  return Object.fromEntries(Object.entries(bag).map(([key, item]) => [key, plain(item)]));
}

/** The error that a promise was rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error as Error & Record<string, unknown>;
    throw error;
  }
  throw new Error("expected a rejection");
}

/** The code of the error that a promise was rejected with. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await rejection(promise);
  return isVideoAnalysisError(error) ? error.code : `not of this package: ${error.message}`;
}

export const idFor = (...taskIds: readonly string[]): string => `${SERVICE}/${taskIds.join(",")}`;
