/**
 * The hooks of a dynamic provider, on top of the lifecycle core. Everything the engine is particular about lives
 * here: `__provider`, unknowns, secret envelopes, initialization errors, and what each hook gets and may return.
 */
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import { formatPath, type PropertyMap } from "../../common/json";
import { makePrintable, printable } from "../../common/printable";
import { create } from "../../core/operations/create";
import { remove } from "../../core/operations/delete";
import { checkEntry, diffEntry } from "../../core/operations/entry";
import { ECHO_KEY } from "../../core/drift/echo";
import { InitializationError } from "../../core/state/initialization-error";
import { lookUp, refresh } from "../../core/operations/read";
import type { Failure, ResourceDefinition } from "../../core/contract";
import type { RunContext } from "../../core/operation";
import type { RunRegistry } from "../../core/ownership/run-registry";
import { secretPaths } from "../../core/schema/secrets";
import { unreadableOutput } from "../../core/state/unreadable-inputs";
import { update } from "../../core/operations/update";
import type { CheckSettings } from "../../services/check-context";
import { CheckedInputs } from "./checked-inputs";
import { whileRunning } from "./shutdown";
import { splitInputs } from "../engine/hidden-inputs";
import { explain, withRemedies } from "../engine/remedies";
import { isUnknown, unknownPath } from "../engine/unknowns";
import { sanitize, wireSize, withSecrets } from "../engine/values";

const PROVIDER_KEY = "__provider";

/**
 * Largest outputs and reasons that travel with an initialization error, in bytes. They go out as one HTTP/2 header
 * block in base64, which Node refuses to send beyond 64 KiB: the id would be lost with it.
 */
const MAX_ERROR_OUTPUTS = 32 * 1024;

/** Most reasons that travel with it; the first one is nearly always the cause of the rest. */
const MAX_REASONS = 20;

/** The process, as the hooks of a resource use it. Failures of `runContext` are not remembered. */
export interface HookRuntime {
  readonly registry: RunRegistry;
  checkContext(): CheckSettings;
  runContext(): RunContext;
}

export interface CheckAnswer {
  inputs: Record<string, unknown>;
  failures: { property: string; reason: string }[];
}

export interface Hooks {
  check(olds: PropertyMap, news: PropertyMap): Promise<CheckAnswer>;
  diff(
    id: string,
    olds: PropertyMap,
    news: PropertyMap,
  ): Promise<{ changes?: boolean; replaces: string[]; deleteBeforeReplace: boolean }>;
  create(inputs: PropertyMap): Promise<{ id: string; outs: Record<string, unknown> }>;
  read(
    id: string,
    props: PropertyMap,
  ): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }>;
  update(id: string, olds: PropertyMap, news: PropertyMap): Promise<{ outs: Record<string, unknown> }>;
  delete(id: string, props: PropertyMap): Promise<void>;
}

function withoutProvider(bag: PropertyMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => key !== PROVIDER_KEY));
}

/** The engine prints the stack of what a hook throws: of errors made for the user only the message is of use. */
function forUser(error: unknown): unknown {
  if (isVideoAnalysisError(error)) {
    error.message = explain(error);
    error.stack = "";
  }
  return makePrintable(error);
}

/**
 * The engine prints the value of the property that a failure names, secret or not, so none is named: the path is a part of
 * the reason.
 */
function failureOf({ path, reason, remedies = [] }: Failure): { property: string; reason: string } {
  const text = withRemedies(reason, remedies);
  return { property: "", reason: printable(path.length === 0 ? text : `${formatPath(path)}: ${text}`) };
}

async function run<T>(hook: () => Promise<T> | T): Promise<T> {
  return whileRunning(async () => {
    try {
      return await hook();
    } catch (error) {
      throw forUser(error);
    }
  });
}

export function hooksOf(definition: ResourceDefinition, host: HookRuntime): Hooks {
  const seal = (bag: PropertyMap): Record<string, unknown> => {
    const plain = sanitize(bag) as Record<string, unknown>;
    const paths = secretPaths(definition.arguments, plain);
    return withSecrets(plain, plain[ECHO_KEY] === undefined ? paths : [...paths, [ECHO_KEY]]);
  };

  const checked = new CheckedInputs();
  const contextFor = (owner: string | undefined): RunContext => {
    const context = host.runContext();
    return owner === undefined ? context : { ...context, owner };
  };

  return {
    check: (olds, news) =>
      run(() => {
        const { args, hidden } = splitInputs(withoutProvider(news));
        const { defaultName } = hidden;
        const owner = typeof defaultName === "string" ? defaultName : undefined;
        const context = { ...host.checkContext(), ...hidden, isUnknown, registry: host.registry, owner };
        const result = checkEntry(definition, withoutProvider(olds), args, context);
        const inputs = sanitize(result.inputs) as Record<string, unknown>;
        if (owner !== undefined) checked.remember(inputs, owner);
        return { inputs: withSecrets(inputs, result.secrets), failures: result.failures.map(failureOf) };
      }),

    diff: (id, olds, news) =>
      run(() => {
        const inputs = withoutProvider(news);
        const compared = { id, outputs: withoutProvider(olds), inputs };
        const { machineRegion } = host.checkContext();
        const entry = { registry: host.registry, owner: checked.ownerOf(inputs) };
        const result = diffEntry(definition, compared, {
          ...entry,
          ...(machineRegion === undefined ? {} : { machineRegion }),
        });
        return { ...result, replaces: [...result.replaces] };
      }),

    create: (inputs) =>
      run(async () => {
        refuseUnknown(inputs);
        try {
          const plain = withoutProvider(inputs);
          const created = await create(definition, plain, contextFor(checked.ownerOf(plain)));
          return { id: created.id, outs: seal(created.outputs) };
        } catch (error) {
          if (!(error instanceof InitializationError)) throw error;
          return keepId(error, inputs, seal, definition);
        }
      }),

    read: (id, props) =>
      run(async () => {
        const recorded = withoutProvider(props);
        // A `get` of the program comes with its arguments, which have no version.
        const result =
          recorded.stateVersion === undefined
            ? { gone: false as const, ...(await lookUp(definition, id, recorded, host.runContext())) }
            : await refresh(definition, id, recorded, host.runContext());
        if (result.gone) return {};
        return { id, props: seal(result.outputs), inputs: seal(result.inputs) };
      }),

    update: (id, olds, news) =>
      run(async () => {
        refuseUnknown(news);
        const [recorded, inputs] = [withoutProvider(olds), withoutProvider(news)];
        const context = contextFor(checked.ownerOf(inputs));
        return { outs: seal(await update(definition, { id, recorded, inputs }, context)) };
      }),

    delete: (id, props) => run(() => remove(definition, id, withoutProvider(props), host.runContext())),
  };
}

/** A value that is not known is never sent: a service would take the engine's sentinel for the value. */
function refuseUnknown(inputs: PropertyMap): void {
  const path = unknownPath(inputs);
  if (path === undefined) return;
  throw new VideoAnalysisError(
    "UNKNOWN_VALUE",
    `the value of \`${formatPath(path)}\` is not known although the operation runs, so nothing was sent. ` +
      "The resource that it comes from did not give it; run `pulumi up` again, or give the value itself.",
  );
}

/** Reports that the next update writes anew: the first to be left out of an initialization error that is too large. */
const UNREPORTED = { tasks: [], taskIds: [], states: [], errorList: [], tasksTruncated: true };

/** Outputs that are not larger than there is room for. The program has its arguments, and diff takes its word for them. */
function fitting(
  outs: Record<string, unknown>,
  definition: ResourceDefinition,
  room: number,
): Record<string, unknown> {
  if (wireSize(outs) <= room) return outs;
  const left: Record<string, unknown> = { ...outs, ...UNREPORTED };
  const bySize = Object.keys(definition.arguments.shape)
    .filter((key) => left[key] !== undefined)
    .sort((one, other) => wireSize(left[other]) - wireSize(left[one]));
  const unreadable: string[] = [];
  for (const key of bySize) {
    if (wireSize(left) <= room) break;
    Reflect.deleteProperty(left, key);
    unreadable.push(key);
  }
  return { ...left, ...unreadableOutput(unreadable.map((key) => [key])) };
}

/** Puts the id of an unfinished create into the state, as the initialization error that the engine knows. */
function keepId(
  error: InitializationError,
  inputs: PropertyMap,
  seal: (bag: PropertyMap) => Record<string, unknown>,
  definition: ResourceDefinition,
): never {
  const outs = seal(error.outputs);
  const reasons = error.reasons.slice(0, MAX_REASONS).map((reason) => printable(explain(reason)));
  const message = explain(error.cause);
  const room = MAX_ERROR_OUTPUTS - wireSize([message, ...reasons]);
  // The engine stores `properties` as they are: without `__provider` no later call would find its code.
  throw Object.assign(new Error(message), {
    id: error.id,
    properties: { ...fitting(outs, definition, room), [PROVIDER_KEY]: inputs[PROVIDER_KEY] },
    reasons,
    stack: "",
  });
}
