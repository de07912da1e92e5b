/** The operations on resources, on plain values in the engine's envelopes. */
import type { PropertyMap } from "../../common/json";
import { create } from "../../core/operations/create";
import { remove } from "../../core/operations/delete";
import { checkEntry, diffEntry } from "../../core/operations/entry";
import { importState } from "../../core/operations/import-state";
import { compareInputs, type InputComparison } from "../../core/operations/input-differences";
import { type Existing, previewOf } from "../../core/operations/preview";
import { lookUp, refresh, type Refreshed } from "../../core/operations/read";
import { update } from "../../core/operations/update";
import { InitializationError } from "../../core/state/initialization-error";
import type { Resource } from "../../services/resource";
import { CONFIGURATION_NAMESPACE } from "../../services/configuration";
import { failureOf, refuseUnknown } from "../engine/failures";
import { checkWithoutFiles } from "../engine/files";
import { splitInputs } from "../engine/hidden-inputs";
import { unfinishedCreate, type UnfinishedCreate } from "../engine/unfinished";
import { isUnknown, UNKNOWN } from "../engine/unknowns";
import { type Autonaming, defaultName } from "./default-names";
import { type Opened, opened, sealedInputs, sealedOutputs, sealedReading } from "./envelopes";
import { ownerOf, resourceOf } from "./resource-address";
import type { Asked, Session } from "./session";

/**
 * Largest outputs and reasons that travel with an initialization error, in bytes. They go out as one header block, of which
 * the engine takes 16 MiB, in base64.
 */
const MAX_ERROR_OUTPUTS = 4 * 1024 * 1024;

type Bag = Record<string, unknown>;

export interface CheckCall extends Asked {
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly autonaming?: Autonaming;
}

export interface CheckAnswer {
  readonly inputs: Bag;
  readonly failures: readonly { property: string; reason: string }[];
}

export interface DiffCall extends Asked {
  readonly id: string;
  readonly olds: PropertyMap;
  readonly oldInputs: PropertyMap;
  readonly news: PropertyMap;
}

export interface CreateCall extends Asked {
  readonly inputs: PropertyMap;
  readonly preview: boolean;
}

export interface UpdateCall extends Asked {
  readonly id: string;
  readonly olds: PropertyMap;
  readonly news: PropertyMap;
  readonly preview: boolean;
}

export interface ReadCall extends Asked {
  readonly id: string;
  readonly properties: PropertyMap;
  /** Absent in an import alone. */
  readonly inputs: PropertyMap | undefined;
}

export interface ReadAnswer {
  readonly id: string;
  readonly properties: Bag;
  readonly inputs: Bag;
}

export interface DeleteCall extends Asked {
  readonly id: string;
  readonly properties: PropertyMap;
}

/** A create that has an id but did not finish. */
export class UnfinishedError extends Error {
  constructor(
    readonly details: UnfinishedCreate,
    cause: InitializationError,
  ) {
    super(cause.message, { cause });
    this.name = "UnfinishedError";
  }
}

export class Operations {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  check({ urn, olds, news, autonaming }: CheckCall): CheckAnswer {
    const resource = resourceOf(urn);
    const { definition } = resource;
    const { bag, secrets } = opened(news);
    const { args, hidden } = splitInputs(bag);
    const { configured, runtime, run, log } = this.#session;
    const seed = configured.config.get(`${CONFIGURATION_NAMESPACE}:nameSeed`);
    const nameSeed = typeof seed === "string" ? seed : undefined;
    const name = defaultName({ urn, nameSeed, autonaming });
    const context = {
      ...runtime.checkSettings(resource),
      ...hidden,
      ...(name === undefined ? {} : { defaultName: name }),
      isUnknown,
      warn: log.of(urn).warn,
      registry: run.registry,
      owner: ownerOf(urn),
    };
    const recorded = opened(olds).bag;
    const result = checkWithoutFiles(args, (known) => checkEntry(definition, recorded, known, context));
    return {
      inputs: sealedInputs(definition, result.inputs, secrets),
      failures: result.failures.map(failureOf),
    };
  }

  diff({ urn, id, olds, oldInputs, news }: DiffCall): InputComparison {
    const resource = resourceOf(urn);
    const { definition } = resource;
    const { runtime, run } = this.#session;
    const compared = { id, outputs: opened(olds).bag, inputs: opened(news).bag };
    const { machineRegion } = runtime.checkSettings(resource);
    const result = diffEntry(definition, compared, {
      registry: run.registry,
      owner: ownerOf(urn),
      ...(machineRegion === undefined ? {} : { machineRegion }),
    });
    return compareInputs(opened(oldInputs).bag, compared.inputs, result);
  }

  async create(call: CreateCall): Promise<{ readonly id: string; readonly properties: Bag }> {
    const resource = resourceOf(call.urn);
    const { definition } = resource;
    const { bag, secrets } = opened(call.inputs);
    if (call.preview) return { id: "", properties: previewed(resource, { bag, secrets }) };
    refuseUnknown(bag);
    try {
      const { id, outputs } = await create(definition, bag, this.#session.runContext(resource, call));
      return { id, properties: sealedOutputs(definition, outputs, secrets) };
    } catch (error) {
      if (!(error instanceof InitializationError)) throw error;
      const sealed = sealedOutputs(definition, error.outputs, secrets);
      throw new UnfinishedError(unfinishedCreate(error, sealed, definition, MAX_ERROR_OUTPUTS), error);
    }
  }

  async update(call: UpdateCall): Promise<{ readonly properties: Bag }> {
    const resource = resourceOf(call.urn);
    const { definition } = resource;
    const { id } = call;
    const recorded = opened(call.olds).bag;
    const { bag, secrets } = opened(call.news);
    if (call.preview) return { properties: previewed(resource, { bag, secrets }, { id, outputs: recorded }) };
    refuseUnknown(bag);
    const context = this.#session.runContext(resource, call);
    const outputs = await update(definition, { id, recorded, inputs: bag }, context);
    return { properties: sealedOutputs(definition, outputs, secrets) };
  }

  /** @returns undefined where a recorded resource is gone */
  async read(call: ReadCall): Promise<ReadAnswer | undefined> {
    const resource = resourceOf(call.urn);
    const { definition } = resource;
    const { id } = call;
    const recorded = opened(call.properties);
    const given = opened(call.inputs ?? {});
    const ofOutputs = recorded.secrets.filter(([key]) => !Object.hasOwn(given.bag, String(key)));
    const found = await this.#observe(resource, call, recorded.bag, given.bag);
    if (found.gone) return undefined;
    return {
      id,
      properties: sealedOutputs(definition, found.outputs, [...recorded.secrets, ...given.secrets]),
      // Outputs are sealed as whole properties, in which no difference could be shown.
      inputs: sealedReading(definition, found.inputs, [...ofOutputs, ...given.secrets]),
    };
  }

  /** A refresh has a recorded state, which has a version; a `get` has arguments of the program; an import has neither. */
  async #observe(
    resource: Resource,
    call: ReadCall,
    recorded: PropertyMap,
    given: PropertyMap,
  ): Promise<Refreshed> {
    const { definition } = resource;
    const { id, inputs } = call;
    const context = this.#session.runContext(resource, call);
    if (recorded.stateVersion !== undefined) return refresh(definition, id, recorded, context);
    // Engines send the arguments as inputs alone, or as the state too.
    const program = { ...recorded, ...given };
    if (inputs !== undefined) return { gone: false, ...(await lookUp(definition, id, program, context)) };
    return { gone: false, ...(await importState(definition, id, {}, context)) };
  }

  async delete(call: DeleteCall): Promise<void> {
    const resource = resourceOf(call.urn);
    const { bag } = opened(call.properties);
    await remove(resource.definition, call.id, bag, this.#session.runContext(resource, call));
  }
}

/** The outputs of a preview, with the engine's own mark for those that are not known. */
function previewed({ definition, outputs }: Resource, { bag, secrets }: Opened, existing?: Existing): Bag {
  const { known, unknown } = previewOf(definition, Object.keys(outputs.shape), bag, existing);
  const open = Object.fromEntries(unknown.map((name) => [name, UNKNOWN]));
  return sealedOutputs(definition, { ...known, ...open }, secrets);
}
