/** The state file of a stack. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PassphraseSecrets } from "./crypto";
import {
  DEPLOYMENT_VERSION,
  type ExportedStack,
  FEATURE_VERSION,
  manifest,
  type OperationKind,
  type PendingOperation,
  type ResourceV3,
} from "./deployment";
import { StateSerializer } from "./state-serializer";
import { EngineError, errorMessage } from "./errors";
import { normalizeUrns } from "./normalize-urns";
import type { JsonMap, PropertyMap } from "./property-value";
import { newState, type ResourceState } from "./resource-state";
import type { BaseState } from "./snapshot";

/** The features beyond the base format that this engine reads and writes. */
const FEATURES: ReadonlySet<string> = new Set(["replaceWith", "taint"]);

/** The kinds of pending operation that a state may name; imports cannot be resumed here. */
const OPERATIONS: ReadonlySet<string> = new Set<OperationKind>([
  "creating",
  "updating",
  "deleting",
  "reading",
]);

/** A stack's state, opened with its passphrase. */
export class StateFile {
  readonly #path: string;
  readonly #secrets: PassphraseSecrets;
  readonly #serializer: StateSerializer;
  /** The engine version that is written into the state. */
  readonly #version: string;

  private constructor(
    path: string,
    secrets: PassphraseSecrets,
    serializer: StateSerializer,
    readonly base: BaseState,
    version: string,
  ) {
    this.#path = path;
    this.#secrets = secrets;
    this.#serializer = serializer;
    this.#version = version;
  }

  /** Opens the state; a missing file is an empty stack. */
  static async open(path: string, passphrase: string, version: string): Promise<StateFile> {
    const exported = existsSync(path) ? readExported(path) : undefined;
    const salt = exported?.deployment.secrets_providers?.state?.salt;
    const secrets = await (salt === undefined
      ? PassphraseSecrets.create(passphrase)
      : PassphraseSecrets.open(passphrase, salt));
    const serializer = new StateSerializer(secrets);
    const { resources = [], pending_operations = [] } = exported?.deployment ?? {};
    const base: BaseState = {
      resources: resources.map((resource) => parseResource(resource, serializer)),
      pendingOperations: pending_operations
        .filter(({ type }) => OPERATIONS.has(type))
        .map(({ type, resource }) => ({
          type: type as OperationKind,
          resource: parseResource(resource, serializer),
        })),
    };
    return new StateFile(path, secrets, serializer, base, version);
  }

  /** Reads properties as they stand in a state; throws where a secret cannot be opened. */
  decode(map: JsonMap): PropertyMap {
    return this.#serializer.decode(map);
  }

  /** Writes the whole state in one move: a reader, or a killed writer, never leaves half of one. */
  write(resources: readonly ResourceState[], operations: readonly PendingOperation[]): void {
    const serialized = normalizeUrns(
      resources.map((state) => this.#serializer.resource(state)),
      resources,
    );
    const pending = operations.map(({ type, resource }) => ({
      resource: this.#serializer.resource(resource),
      type,
    }));
    const features = [...FEATURES].filter((feature) =>
      serialized.some((resource) => Object.hasOwn(resource, feature)),
    );
    writeExported(this.#path, {
      version: features.length === 0 ? DEPLOYMENT_VERSION : FEATURE_VERSION,
      ...(features.length === 0 ? {} : { features }),
      deployment: {
        manifest: manifest(this.#version),
        secrets_providers: { type: "passphrase", state: { salt: this.#secrets.salt } },
        ...(serialized.length === 0 ? {} : { resources: serialized }),
        ...(pending.length === 0 ? {} : { pending_operations: pending }),
        metadata: {},
      },
    });
  }
}

/** Reads a state file and checks its form. */
export function readExported(path: string): ExportedStack {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const message = `${path} is no state file: ${errorMessage(error)}`;
    throw new EngineError("STATE_INVALID", message, { cause: error });
  }
  return checkExported(parsed, path);
}

/** Checks that something is a state as `pulumi stack export` writes it, in a version that is understood here. */
export function checkExported(value: unknown, origin: string): ExportedStack {
  const stack = value as Partial<ExportedStack> | null;
  if (typeof stack !== "object" || typeof stack?.deployment !== "object") {
    throw new EngineError("STATE_INVALID", `${origin} is no state: it has no deployment`);
  }
  const unknown = (stack.features ?? []).filter((feature) => !FEATURES.has(feature));
  if ((stack.version !== DEPLOYMENT_VERSION && stack.version !== FEATURE_VERSION) || unknown.length > 0) {
    const needs = unknown.length > 0 ? `, features ${unknown.join(", ")}` : "";
    throw new EngineError(
      "STATE_VERSION",
      `${origin} has version ${String(stack.version)}${needs}: export it anew`,
    );
  }
  const provider = stack.deployment.secrets_providers?.type ?? "";
  if (provider !== "" && provider !== "passphrase") {
    const message = `${origin} has the secrets provider ${provider}: change it to "passphrase" and export again`;
    throw new EngineError("STATE_INVALID", message);
  }
  return stack as ExportedStack;
}

export function writeExported(path: string, stack: ExportedStack): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${textOf(stack)}\n`, { mode: 0o600 });
  renameSync(temporary, path);
}

/** Spaces of one level, as in `pulumi stack export`. */
const INDENT = 4;
/** Where the resources stand in a state: members of a list in a member of a member. */
const RESOURCE_INDENT = " ".repeat(3 * INDENT);
/** Stands for the resources in the text around them; before them there is no text of free choice. */
const RESOURCES_MARK = "\u0000resources";

/** Texts of resources that were written already: most are the same from one step to the next. */
const texts = new WeakMap<ResourceV3, string>();

function textOf(stack: ExportedStack): string {
  const { resources = [] } = stack.deployment;
  if (resources.length === 0) return JSON.stringify(stack, undefined, INDENT);
  const deployment = { ...stack.deployment, resources: [RESOURCES_MARK] };
  const frame = JSON.stringify({ ...stack, deployment }, undefined, INDENT);
  const mark = JSON.stringify(RESOURCES_MARK);
  const at = frame.indexOf(mark);
  const list = resources.map(resourceText).join(`,\n${RESOURCE_INDENT}`);
  return `${frame.slice(0, at)}${list}${frame.slice(at + mark.length)}`;
}

function resourceText(resource: ResourceV3): string {
  const known = texts.get(resource);
  if (known !== undefined) return known;
  const text = JSON.stringify(resource, undefined, INDENT).replaceAll("\n", `\n${RESOURCE_INDENT}`);
  texts.set(resource, text);
  return text;
}

function parseResource(resource: ResourceV3, serializer: StateSerializer): ResourceState {
  const { inputs = {}, outputs = {}, replacementTrigger = null, ...rest } = resource;
  return newState({
    ...rest,
    inputs: serializer.decode(inputs),
    outputs: serializer.decode(outputs),
    replacementTrigger: serializer.decodeValue(replacementTrigger),
  });
}
