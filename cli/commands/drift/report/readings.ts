/** Reads the resources of a state at their services, by the provider's own code. Nothing is written. */
import { sentence } from "../../../common/wording";
import { isRequestError, isVideoAnalysisError, VideoAnalysisError } from "../../../../provider/common/errors";
import { isObject, type PropertyMap } from "../../../../provider/common/json";
import { inputsIn } from "../../../../provider/core/state/outputs";
import { upToDate } from "../../../../provider/core/state/versions";
import { refresh } from "../../../../provider/core/operations/read";
import type { RunContext } from "../../../../provider/core/operation";
import { isFailure } from "../../../../provider/core/state/run-state";
import { explain } from "../../../../provider/fronts/engine/remedies";
import { SharedFailures } from "../../../../provider/fronts/engine/shared-failures";
import { mapBounded } from "../../../common/map-bounded";
import { SEALED_CREDENTIALS, type Configuration } from "../../../stack/configuration/layers";
import { nameOf, type RecordedResource } from "../../../stack/recorded-resources";
import type { OpenedService } from "../../../stack/tasks";
import type { FailedTask, IdleTask } from "./schema";

/** States that ask for no action. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  "RUNNING",
  "SUCCEEDED",
  "PENDING",
  "SCHEDULING",
  "STARTING",
  "RECOVERING",
  "UPGRADING",
]);

/** The outcome of one read. */
export type Reading =
  | {
      readonly outcome: "live";
      readonly recorded: PropertyMap;
      readonly live: PropertyMap;
      readonly failed: readonly FailedTask[];
      readonly notRunning: readonly IdleTask[];
    }
  | { readonly outcome: "gone" }
  | { readonly outcome: "unreachable"; readonly code?: string; readonly reason: string };

export interface Readings {
  /** In the order of the resources. */
  readonly readings: readonly Reading[];
  /** Services that were asked. */
  readonly opened: readonly OpenedService[];
}

export interface ReadOptions {
  readonly concurrency: number;
  /** By the URN of a provider. */
  readonly configuration: (provider: string) => Configuration;
  /** Gets the messages of the provider. */
  readonly notify: (message: string) => void;
  readonly onRead: () => void;
}

export async function readAll(
  resources: readonly RecordedResource[],
  options: ReadOptions,
): Promise<Readings> {
  const contexts = new Map<string, RunContext>();
  const opened = new Map<string, OpenedService>();

  const contextFor = ({ resourceType, provider }: RecordedResource): RunContext => {
    const key = `${resourceType.definition.type} ${provider}`;
    const known = contexts.get(key);
    if (known !== undefined) return known;
    const base = resourceType.runContext(options.configuration(provider).request);
    const context: RunContext = {
      ...base,
      // The standard output belongs to the report, which lasts longer than what an operation waits for.
      log: { info: options.notify, warn: options.notify, status: () => undefined },
      open: async (target, deadline) => {
        const binding = await base.open(target, deadline);
        const service = `${key} ${binding.gateway.scope}`;
        if (!opened.has(service)) opened.set(service, { resourceType, binding, context, args: target.args });
        return binding;
      },
    };
    contexts.set(key, context);
    return context;
  };

  // Providers have credentials of their own, so that the remedy for one is none for another.
  const failures = new Map<string, SharedFailures>();
  const failuresOf = ({ provider }: RecordedResource): SharedFailures => {
    const known = failures.get(provider) ?? new SharedFailures();
    failures.set(provider, known);
    return known;
  };
  const readOne = async (resource: RecordedResource): Promise<Reading> => {
    const { definition } = resource.resourceType;
    try {
      if (resource.outputs.stateVersion === undefined) throw unfinished();
      const result = await refresh(definition, resource.id, resource.outputs, contextFor(resource));
      if (result.gone) return { outcome: "gone" };
      const recorded = inputsIn(definition, upToDate(definition, resource.outputs));
      const tasks = tasksIn(result.outputs);
      return {
        outcome: "live",
        recorded,
        live: result.inputs,
        failed: failedOf(tasks),
        notRunning: recorded.desiredState === "stopped" ? [] : idleOf(tasks),
      };
    } catch (error) {
      // Equal texts are said once by each format.
      const brief = isRequestError(error) ? failuresOf(resource).brief(nameOf(resource.urn), error) : error;
      return unreachable(brief, options.configuration(resource.provider).sealed);
    } finally {
      options.onRead();
    }
  };

  const readings = await mapBounded(resources, options.concurrency, readOne);
  return { readings, opened: [...opened.values()] };
}

const tasksIn = ({ tasks }: PropertyMap): PropertyMap[] =>
  Array.isArray(tasks) ? (tasks as unknown[]).filter(isObject) : [];

/** Tasks that ended by failing. */
function failedOf(tasks: readonly PropertyMap[]): FailedTask[] {
  return tasks.flatMap(({ id, state, status, error }) => {
    if (!isFailure(String(state))) return [];
    const { code, message = status } = isObject(error) ? error : {};
    return [
      {
        id: String(id),
        state: String(state),
        ...(typeof code === "string" ? { code } : {}),
        ...(typeof message === "string" ? { message } : {}),
      },
    ];
  });
}

/** Tasks that neither run nor are on the way, and have not ended. Outside its window a scheduled task only waits. */
function idleOf(tasks: readonly PropertyMap[]): IdleTask[] {
  return tasks.flatMap(({ id, state, status, scheduleStatus }) => {
    const isWaiting = String(scheduleStatus).toUpperCase() === "INACTIVATED";
    if (isWaiting || ON_THE_WAY.has(String(state)) || isFailure(String(state))) return [];
    const said = typeof status === "string" ? { message: status } : {};
    return [{ id: String(id), state: String(state), ...said }];
  });
}

function unfinished(): VideoAnalysisError {
  return new VideoAnalysisError(
    "INVALID_STATE",
    "the state has no complete outputs of this resource, so there is nothing to compare with. " +
      "Run `pulumi up` or `pulumi refresh`, and export the state again.",
  );
}

function unreachable(error: unknown, sealed: boolean): Reading {
  const reason = sealed ? `${sentence(explain(error))} ${SEALED_CREDENTIALS}` : explain(error);
  return isVideoAnalysisError(error)
    ? { outcome: "unreachable", code: error.code, reason }
    : { outcome: "unreachable", reason };
}
