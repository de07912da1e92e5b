/** Arguments of a provider: checked, compared, and as the configuration that the services read. */
import { closest } from "../../common/closest";
import { isObject, type PropertyMap } from "../../common/json";
import { tellsCredentials } from "../../common/secrets";
import type { Environment } from "../../services/auth/configuration";
import {
  CONFIGURATION,
  CONFIGURATION_KEYS,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKey,
  type ConfigurationKeyInfo,
  takenOver,
  whySharedNamespace,
} from "../../services/configuration";
import type { Configured } from "../../services/configured";
import { unknownPath } from "../engine/unknowns";
import { sanitize, withSecrets } from "../engine/values";
import { opened } from "./envelopes";
import { parseUrn } from "./resource-address";

/** Keys that the engine itself keeps among the arguments of a provider. */
const OF_ENGINE = /^(?:version|pluginDownloadURL|__.*)$/;

/** Stack configuration of the package, secrets opened, in the environment of a plugin; no documented contract. */
const STACK_CONFIGURATION = "PULUMI_CONFIG";

const isKey = (key: string): key is ConfigurationKey => Object.hasOwn(CONFIGURATION, key);

/** Configuration is text: SDKs send JSON for other values. Undefined where the value is not known yet. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null || unknownPath(value) !== undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The configuration that the arguments of a provider stand for. */
export function configuredBy(args: PropertyMap): Configured {
  const { bag } = opened(args);
  const prefix = `${CONFIGURATION_NAMESPACE}:`;
  return { config: { get: (key) => textOf(bag[key.slice(prefix.length)]) } };
}

export interface CheckedArguments {
  readonly inputs: Record<string, unknown>;
  /** Why an argument has no effect. */
  readonly warnings: readonly string[];
}

/**
 * Seals secrets, and what has the name of no setting: it may be a secret under a misspelt one. An explicit provider takes over
 * from the stack configuration what the classes of the package do, all of that sealed: which of it is secret the environment
 * does not say.
 */
export function checkArguments(urn: string, news: PropertyMap, env: Environment): CheckedArguments {
  const { bag, secrets } = opened(news);
  const own = sanitize(bag) as Record<string, unknown>;
  const given = (key: ConfigurationKey): boolean => own[key] !== undefined && own[key] !== null;
  // The engine's own provider has all of it already.
  const stack = stackConfiguration(env);
  const inherited = takenOver(given).filter((key) => stack[key] !== undefined);
  const inputs = { ...own, ...Object.fromEntries(inherited.map((key) => [key, stack[key]])) };
  const sensitive = CONFIGURATION_KEYS.filter((key) => isSensitive(key, textOf(inputs[key])));
  const strange = Object.keys(own).filter((key) => !isKey(key) && !OF_ENGINE.test(key));
  const keys = new Set([...secrets.map(([key]) => String(key)), ...sensitive, ...strange, ...inherited]);
  return {
    inputs: withSecrets(
      inputs,
      [...keys].map((key) => [key]),
    ),
    warnings: strange.length === 0 ? [] : warningsOf(urn, strange),
  };
}

function warningsOf(urn: string, strange: readonly string[]): readonly string[] {
  if (!isDefault(urn)) return strange.map(whyNoArgument);
  if (parseUrn(urn).project !== CONFIGURATION_NAMESPACE) return strange.map(whyNoSetting);
  return [whySharedNamespace(strange.map((key) => `${CONFIGURATION_NAMESPACE}:${key}`))];
}

const whyNoArgument = (key: string): string =>
  whyNoEffect(key, `is no setting of the provider \`${CONFIGURATION_NAMESPACE}\``, "");

/** The engine gives its own provider the configuration of the stack. */
const whyNoSetting = (key: string): string =>
  whyNoEffect(key, "in the stack configuration is no setting of the provider", `${CONFIGURATION_NAMESPACE}:`);

function whyNoEffect(key: string, what: string, prefix: string): string {
  const meant = closest(key, CONFIGURATION_KEYS);
  const hint = meant === undefined ? "." : `; did you mean \`${prefix}${meant}\`?`;
  return `\`${prefix}${key}\` ${what} and has no effect${hint}`;
}

function isSensitive(key: ConfigurationKey, text: string | undefined): boolean {
  const { secret }: ConfigurationKeyInfo = CONFIGURATION[key];
  return secret === true || (text !== undefined && tellsCredentials(text));
}

/** The engine's own name for the provider of resources that name none. */
function isDefault(urn: string): boolean {
  const { name } = parseUrn(urn);
  return name === "default" || name.startsWith("default_");
}

function stackConfiguration(env: Environment): Readonly<Partial<Record<ConfigurationKey, string>>> {
  try {
    const content: unknown = JSON.parse(env[STACK_CONFIGURATION] ?? "{}");
    return Object.fromEntries(
      Object.entries(isObject(content) ? content : {}).filter(
        ([key, value]) => isKey(key) && typeof value === "string" && value !== "",
      ),
    );
  } catch {
    return {};
  }
}

export interface ArgumentsComparison {
  readonly changed: readonly string[];
  readonly replaces: readonly string[];
}

/**
 * Another region or project has other resources. An argument that only one side has says nothing: a provider that takes over
 * from another package gets the inputs of that one, and where a resource is its own state records.
 */
export function compareArguments(olds: PropertyMap, news: PropertyMap): ArgumentsComparison {
  const [before, after] = [olds, news].map((args) => opened(args).bag) as [PropertyMap, PropertyMap];
  const keys = CONFIGURATION_KEYS.filter((key) => textOf(before[key]) !== textOf(after[key]));
  const differs = (key: ConfigurationKey): boolean =>
    keys.includes(key) && textOf(before[key]) !== undefined && textOf(after[key]) !== undefined;
  const hasId = textOf(before.projectId) !== undefined && textOf(after.projectId) !== undefined;
  const replacing: readonly ConfigurationKey[] = [
    "region",
    "projectId",
    ...(hasId ? [] : (["projectName"] as const)),
  ];
  return { changed: keys, replaces: replacing.filter(differs) };
}
