/**
 * The hooks of a dynamic provider, on top of the lifecycle core. Everything the engine is particular about lives
 * here: `__provider`, unknowns, secret envelopes, initialization errors, and what each hook gets and may return.
 */
import type { PropertyMap } from "../../common/json";
import { create } from "../../core/operations/create";
import { remove } from "../../core/operations/delete";
import { checkEntry, diffEntry } from "../../core/operations/entry";
import { ECHO_KEY } from "../../core/drift/echo";
import { InitializationError } from "../../core/state/initialization-error";
import { lookUp, refresh } from "../../core/operations/read";
import type { ResourceDefinition } from "../../core/contract";
import type { RunContext } from "../../core/operation";
import { nameInProgram, type NamedResource } from "../../core/ownership/owners";
import type { RunRegistry } from "../../core/ownership/run-registry";
import { secretPaths } from "../../core/schema/secrets";
import { update } from "../../core/operations/update";
import type { CheckSettings } from "../../services/check-context";
import { CheckedInputs } from "./checked-inputs";
import { failureOf, forUser, refuseUnknown } from "../engine/failures";
import { checkWithoutFiles } from "../engine/files";
import { splitInputs } from "../engine/hidden-inputs";
import { PROVIDER_KEY, withoutProvider } from "../engine/provider-text";
import type { SharedFailures } from "../engine/shared-failures";
import { whileRunning } from "../engine/shutdown";
import { unfinishedCreate } from "../engine/unfinished";
import { isUnknown } from "../engine/unknowns";
import { sanitize, withSecrets } from "../engine/values";

/**
 * Largest outputs and reasons that travel with an initialization error, in bytes. They go out as one HTTP/2 header
 * block in base64, which Node refuses to send beyond 64 KiB: the id would be lost with it.
 */
const MAX_ERROR_OUTPUTS = 32 * 1024;

/** The process, as the hooks of a resource use it. Failures of `runContext` are not remembered. */
export interface HookRuntime {
  readonly registry: RunRegistry;
  readonly failures: SharedFailures;
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

export function hooksOf(definition: ResourceDefinition, host: HookRuntime): Hooks {
  const seal = (bag: PropertyMap): Record<string, unknown> => {
    const plain = sanitize(bag) as Record<string, unknown>;
    const paths = secretPaths(definition.arguments, plain);
    return withSecrets(plain, plain[ECHO_KEY] === undefined ? paths : [...paths, [ECHO_KEY]]);
  };

  const checked = new CheckedInputs();
  const run = async <T>(resource: NamedResource, hook: () => Promise<T> | T): Promise<T> =>
    whileRunning(async () => {
      try {
        return await hook();
      } catch (error) {
        const name = nameInProgram(resource, checked.ownerOf(withoutProvider(resource.args)));
        throw forUser(host.failures.brief(name, error));
      }
    });
  const contextFor = (owner: string | undefined): RunContext => {
    const context = host.runContext();
    return owner === undefined ? context : { ...context, owner };
  };

  return {
    check: (olds, news) =>
      run({ id: "", args: { name: news.autoName, nameIsDefault: true } }, () => {
        const { args, hidden } = splitInputs(withoutProvider(news));
        const { defaultName } = hidden;
        const owner = typeof defaultName === "string" ? defaultName : undefined;
        const context = { ...host.checkContext(), ...hidden, isUnknown, registry: host.registry, owner };
        const recorded = withoutProvider(olds);
        const result = checkWithoutFiles(args, (given) => checkEntry(definition, recorded, given, context));
        const inputs = sanitize(result.inputs) as Record<string, unknown>;
        // A resource that is refused gets no other hook.
        if (owner !== undefined && result.failures.length === 0) checked.remember(inputs, owner);
        return { inputs: withSecrets(inputs, result.secrets), failures: result.failures.map(failureOf) };
      }),

    diff: (id, olds, news) =>
      run({ id, args: news }, () => {
        const inputs = withoutProvider(news);
        const compared = { id, outputs: withoutProvider(olds), inputs };
        const { machineRegion } = host.checkContext();
        const entry = { registry: host.registry, owner: checked.ownerOf(inputs) };
        const result = diffEntry(definition, compared, {
          ...entry,
          ...(machineRegion === undefined ? {} : { machineRegion }),
        });
        // The state of the plugin has no text, without which no later call would find its code: an update brings it.
        const isForeign = olds[PROVIDER_KEY] === undefined && news[PROVIDER_KEY] !== undefined;
        return { ...result, ...(isForeign ? { changes: true } : {}), replaces: [...result.replaces] };
      }),

    create: (inputs) =>
      run({ id: String(inputs.adopt), args: inputs }, async () => {
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
      run({ id, args: props }, async () => {
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
      run({ id, args: news }, async () => {
        refuseUnknown(news);
        const [recorded, inputs] = [withoutProvider(olds), withoutProvider(news)];
        const context = contextFor(checked.ownerOf(inputs));
        return { outs: seal(await update(definition, { id, recorded, inputs }, context)) };
      }),

    delete: (id, props) =>
      run({ id, args: props }, () => remove(definition, id, withoutProvider(props), host.runContext())),
  };
}

/** Puts the id of an unfinished create into the state, as the initialization error that the engine knows. */
function keepId(
  error: InitializationError,
  inputs: PropertyMap,
  seal: (bag: PropertyMap) => Record<string, unknown>,
  definition: ResourceDefinition,
): never {
  const { message, properties, ...rest } = unfinishedCreate(
    error,
    seal(error.outputs),
    definition,
    MAX_ERROR_OUTPUTS,
  );
  // The engine stores `properties` as they are: without `__provider` no later call would find its code.
  throw Object.assign(new Error(message), {
    ...rest,
    properties: { ...properties, [PROVIDER_KEY]: inputs[PROVIDER_KEY] },
    stack: "",
  });
}
