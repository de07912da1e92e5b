/** Mocks for `pulumi.runtime.setMocks`. */
import * as pulumi from "@pulumi/pulumi";
import { formatPath, type PropertyMap } from "../../provider/common/json";
import { check } from "../../provider/core/operations/check";
import { secretPaths } from "../../provider/core/schema/secrets";
import { checkWithoutFiles } from "../../provider/fronts/engine/files";
import { splitInputs } from "../../provider/fronts/engine/hidden-inputs";
import { isUnknown } from "../../provider/fronts/engine/unknowns";
import { sanitize, withSecrets } from "../../provider/fronts/engine/values";
import { type Fake, fake } from "./fakes";
import type { Resource } from "../../provider/services/resource";
import { DefaultNames } from "./default-names";
import { configurationOf, type Registrable, registrableOf } from "./resources";
import { argumentsIn, secretKeys, toHook } from "./program-values";
import { Configurations, type MockSettings } from "./settings";
import type { MockedResource, MocksOptions, Refusal, ResourceMock, VideoAnalysisMocks } from "./types";

type Registration = pulumi.runtime.MockResourceArgs;
type Registered = pulumi.runtime.MockResourceResult;

/**
 * Mocks for `pulumi.runtime.setMocks`: the resources of this package get the real check of their arguments, and
 * ids, states and other outputs as after a create that went well. Nothing is called and no process starts; equal
 * programs get equal values on every machine (environment and files of the machine do not count).
 *
 * In a preview (`setMocks(…, true)`) ids and outputs are unknown, as in a real one.
 */
export function mocks(options: MocksOptions = {}): VideoAnalysisMocks {
  return new Mocks(options);
}

class Mocks implements VideoAnalysisMocks {
  readonly resources: MockedResource[] = [];
  readonly refusals: Refusal[] = [];
  readonly #options: MocksOptions;
  readonly #configurations = new Configurations();
  readonly #names = new DefaultNames();

  constructor(options: MocksOptions) {
    this.#options = options;
  }

  call(args: pulumi.runtime.MockCallArgs): ReturnType<pulumi.runtime.Mocks["call"]> {
    return this.#options.others?.call?.(args) ?? (args.inputs as Record<string, unknown>);
  }

  newResource(args: Registration): ReturnType<pulumi.runtime.Mocks["newResource"]> {
    const configuration = configurationOf(args.type, toHook(args.inputs) as PropertyMap);
    if (configuration !== undefined) return this.#provider(args, configuration);
    const registrable = registrableOf(args.type);
    if (registrable !== undefined) return this.#resource(registrable, args);
    return this.#options.others?.newResource?.(args) ?? otherResource(args);
  }

  #provider({ name, inputs }: Registration, configuration: PropertyMap): Registered {
    const id = this.#configurations.addProvider(name, configuration);
    // Known in a preview too: the reference to a provider holds its id.
    return { id, state: inputs as Record<string, unknown> };
  }

  #resource({ resource, isOnPlugin }: Registrable, registration: Registration): Registered {
    const { name, id: read, provider } = registration;
    const inputs = registration.inputs as PropertyMap;
    const { type } = resource.definition;
    const secrets = secretKeys(inputs);
    const settings = this.#configurations.for(provider, resource.service, warn);
    const given = argumentsIn(inputs);
    const wish = this.#options.resources?.[name] ?? {};
    const answer = (id: string | undefined, checked: PropertyMap, outputs: PropertyMap): Registered => {
      this.resources.push({ type, name, ...(id === undefined ? {} : { id }), inputs: checked, outputs });
      return { id, state: sealed(resource, outputs, secrets) };
    };
    const made = (checked: PropertyMap, id: string | undefined): Fake =>
      fake({ resource, name, inputs: checked, ...(id === undefined ? {} : { id }), wish, settings });

    if (read) {
      if (isUnknown(read)) return answer(undefined, given, given);
      refuseWished(wish);
      return answer(read, given, made(given, read).outputs);
    }
    const autoName = isOnPlugin ? { autoName: this.#names.of(registration, settings.nameSeed) } : {};
    const checked = this.#check(resource, name, { ...autoName, ...given }, settings);
    if (checked === undefined) return { id: undefined, state: sealed(resource, given, secrets) };
    if (pulumi.runtime.isDryRun()) return answer(undefined, checked, checked);
    refuseWished(wish);
    const { id, outputs } = made(checked, wish.id ?? (checked.adopt as string | undefined));
    return answer(id, checked, outputs);
  }

  /** The checked inputs; undefined where they are refused and that is only noted. */
  #check(
    { definition }: Resource,
    name: string,
    given: PropertyMap,
    settings: MockSettings,
  ): PropertyMap | undefined {
    const { args, hidden } = splitInputs(given);
    const context = { ...settings.context, ...hidden, isUnknown };
    const { inputs, failures } = checkWithoutFiles(args, (known) => check(definition, {}, known, context));
    if (failures.length === 0) return inputs;
    const refused = failures.map(({ path, reason }) => ({
      type: definition.type,
      name,
      property: formatPath(path),
      reason,
    }));
    this.refusals.push(...refused);
    if (this.#options.onRefusal === "record") return undefined;
    const lines = refused.map(({ property, reason }) => `\n  ${property}: ${reason}`);
    throw new Error(`check refuses the arguments of ${definition.type} "${name}":${lines.join("")}`);
  }
}

/**
 * As outputs reach the program: plain JSON, secret where the hooks find sensitive values, and where the program had
 * made the property a secret itself.
 */
function sealed(
  { definition }: Resource,
  outputs: PropertyMap,
  secrets: ReadonlySet<string>,
): Record<string, unknown> {
  const plain = sanitize(outputs) as Record<string, unknown>;
  const marked = Object.entries(withSecrets(plain, secretPaths(definition.arguments, plain)));
  return Object.fromEntries(
    marked.map(([key, value]) => [key, secrets.has(key) ? pulumi.secret(plain[key]) : value]),
  );
}

function refuseWished({ failure }: ResourceMock): void {
  if (failure !== undefined) throw new Error(failure);
}

function otherResource({ name, custom, id, inputs }: Registration): Registered {
  const ownId = custom === false ? undefined : `${name}_id`;
  return { id: id || ownId, state: inputs as Record<string, unknown> };
}

function warn(message: string): void {
  void pulumi.log.warn(message);
}
