/** The lives of stacks: one after the other the same operations on each variant, timed and counted. */
import { performance } from "node:perf_hooks";
import { DEFAULT_EDGE_SERVICE, type RequestEntry } from "../../testkit/emulator";
import {
  type Engine,
  type Operation,
  OPERATIONS,
  type RecordedResource,
  type Stack,
  type Variant,
} from "./engines/engine";
import { makeScratch, removeScratch } from "./engines/program-directory";
import { withProcessorTime } from "./processor-time";
import type { Service } from "./service";
import { orderOf } from "./statistics";

/** The measured operations of one stack. */
export interface Life {
  /** Milliseconds; NaN for an operation that was left out. */
  readonly took: Readonly<Record<Operation, number>>;
  /** Milliseconds of processor time, of the engine, the program and the provider together. */
  readonly processor: Readonly<Record<Operation, number>>;
  /** Calls to the service. */
  readonly calls: Readonly<Record<Operation, number>>;
  /** Before they were destroyed. */
  readonly resources: readonly RecordedResource[];
}

/** By variant, one life a round. */
export type Lives = Readonly<Record<Variant, readonly Life[]>>;

export interface LivesOptions {
  readonly engine: Engine;
  readonly service: Service;
  readonly variants: readonly Variant[];
  readonly size: number;
  readonly rounds: number;
  readonly progress: (text: string) => void;
  /** Default: all, in their order. */
  readonly operations?: readonly Operation[];
  /** Runs while all resources are there. */
  readonly beforeDestroy?: (stack: Stack, place: { variant: Variant; scratch: string }) => Promise<void>;
}

const NOTHING: Readonly<Record<Operation, number>> = { up: NaN, preview: NaN, refresh: NaN, destroy: NaN };

export async function live(options: LivesOptions): Promise<Lives> {
  const lives: Record<Variant, Life[]> = { ours: [], floor: [], usual: [], plugin: [] };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const variant of orderOf(options.variants, round)) {
      options.progress(`round ${round + 1} of ${options.rounds}: ${options.size} resources, ${variant}`);
      const life = await liveOnce(options, variant);
      options.progress(`  ${described(life)}`);
      lives[variant].push(life);
    }
  }
  return lives;
}

function described({ took, processor }: Life): string {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
  return OPERATIONS.filter((operation) => !Number.isNaN(took[operation]))
    .map(
      (operation) => `${operation} ${seconds(took[operation])} (processor ${seconds(processor[operation])})`,
    )
    .join(", ");
}

async function liveOnce(options: LivesOptions, variant: Variant): Promise<Life> {
  const { engine, service, size, operations = OPERATIONS } = options;
  const scratch = makeScratch(variant);
  try {
    const stack = await engine.open({ scratch, variant, config: configOf(service, variant, size) });
    const took = { ...NOTHING };
    const processor = { ...NOTHING };
    const calls = { ...NOTHING };
    let resources: readonly RecordedResource[] = [];
    for (const operation of operations) {
      if (operation === "destroy") {
        resources = await stack.resources();
        await options.beforeDestroy?.(stack, { variant, scratch });
      }
      const measured = await measure(stack, operation, service);
      took[operation] = measured.ms;
      processor[operation] = measured.processorMs;
      calls[operation] = measured.requests.length;
    }
    if (resources.length !== size)
      throw new Error(`${variant}: ${resources.length} of ${size} resources are in the state`);
    return { took, processor, calls, resources };
  } finally {
    removeScratch(scratch);
  }
}

async function measure(
  stack: Stack,
  operation: Operation,
  service: Service,
): Promise<{ ms: number; processorMs: number; requests: readonly RequestEntry[] }> {
  const { result, requests } = await service.during(() =>
    withProcessorTime(async () => {
      const begin = performance.now();
      await stack[operation]();
      return performance.now() - begin;
    }),
  );
  return { ms: result.result, processorMs: result.processorMs, requests };
}

function configOf(service: Service, variant: Variant, size: number): Record<string, string> {
  const { endpoints, projectId, token } = service.facts;
  const common = { "bench:count": String(size), "bench:serviceId": DEFAULT_EDGE_SERVICE.id };
  if (variant === "floor") return common;
  if (variant === "ours" || variant === "plugin") return { ...common, ...service.config() };
  const tasksUrl = `${endpoints.modelarts}/v1/${projectId}/services/${DEFAULT_EDGE_SERVICE.id}/tasks`;
  return { ...common, "bench:tasksUrl": tasksUrl, "bench:token": token };
}
