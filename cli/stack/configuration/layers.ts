/** The layers of a configuration, and the whole that the provider process would have. */
import {
  CONFIGURATION_KEYS,
  CONFIGURATION_NAMESPACE,
  type ConfigurationKey,
} from "../../../provider/services/configuration";
import { IDENTITY_KEYS } from "../../../provider/services/auth/find-credentials";
import { closest } from "../../../provider/common/closest";
import { VideoAnalysisError } from "../../../provider/common/errors";
import { sentence } from "../../common/wording";
import type { Configured } from "../../../provider/services/configured";

/** The identity comes from one layer as a whole: never an access key from here and a secret key from there. */
const IDENTITY: ReadonlySet<string> = new Set<ConfigurationKey>([...IDENTITY_KEYS, "profile", "cloudName"]);

/** Identity values that grant access; the others only identify the caller. */
const CREDENTIALS: readonly ConfigurationKey[] = ["secretKey", "securityToken", "token", "password"];

/** Configuration texts by their full keys (`video-analysis:region`). */
export interface ConfigurationLayer {
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose values could not be opened. */
  readonly sealed: readonly string[];
  /** Keys whose values are secrets, opened. */
  readonly secrets: readonly string[];
  /** Absent for configuration files; a state may come from anywhere. */
  readonly origin?: "options" | "command" | "state";
  /** About parts that are not read. */
  readonly warnings?: readonly string[];
}

export interface Configuration {
  readonly request: Configured;
  /** Credentials that are encrypted, so that others are used or none; named where a read fails. */
  readonly sealed: boolean;
  /** Values that no report may show. */
  readonly secrets: readonly string[];
  /** Keys of the namespace that the package does not know. */
  readonly unknown: readonly string[];
  /** About parts that are not read. */
  readonly warnings: readonly string[];
}

/** Said where encrypted credentials may be the reason of a failure. */
export const SEALED_CREDENTIALS =
  "The configuration holds encrypted credentials: give PULUMI_CONFIG_PASSPHRASE, or credentials in the environment.";

const full = (key: string): string => `${CONFIGURATION_NAMESPACE}:${key}`;
const bare = (key: string): string => key.slice(CONFIGURATION_NAMESPACE.length + 1);

/**
 * @param layers highest first
 * @param directory base of relative files
 */
export function configurationOf(
  layers: readonly ConfigurationLayer[],
  directory: string = process.cwd(),
): Configuration {
  const values: Record<string, string> = {};
  const options: Record<string, string> = {};
  const recorded: Record<string, string> = {};
  const found = (key: string): boolean => values[key] !== undefined || options[key] !== undefined;
  let sealed = false;
  let identityFrom: ConfigurationLayer | undefined;
  for (const layer of layers) {
    const isIdentity = (key: string): boolean => IDENTITY.has(bare(key));
    const hidden = layer.sealed.some(isIdentity);
    if (identityFrom === undefined) {
      if (hidden) sealed = true;
      else if (Object.keys(layer.values).some(isIdentity)) identityFrom = layer;
    }
    for (const key of CONFIGURATION_KEYS.map(full)) {
      if (isIdentity(key) && layer !== identityFrom) continue;
      const value = layer.values[key];
      if (value === undefined || found(key)) continue;
      const of = { options, state: recorded, command: values, stack: values };
      of[layer.origin ?? "stack"][key] ??= value;
    }
  }
  const secretKeys = new Set([...layers.flatMap((layer) => layer.secrets), ...CREDENTIALS.map(full)]);
  const secrets = layers.flatMap((layer) =>
    Object.entries(layer.values).flatMap(([key, value]) => (secretKeys.has(key) ? [value] : [])),
  );
  const request: Configured = {
    directory,
    config: { get: (key) => values[key] },
    ...(Object.keys(options).length === 0 ? {} : { options: { get: (key) => options[key] } }),
    ...(layers.some(({ origin }) => origin === "state") ? { recorded: { get: (key) => recorded[key] } } : {}),
  };
  const keys = layers.flatMap((layer) => [...Object.keys(layer.values), ...layer.sealed]);
  const known = new Set(CONFIGURATION_KEYS.map(full));
  const unknown = [...new Set(keys)].filter((key) => key.startsWith(full("")) && !known.has(key));
  const warnings = layers.flatMap((layer) => layer.warnings ?? []);
  return { request, sealed, secrets, unknown, warnings };
}

/**
 * `--config key=value`; a key without a namespace is one of `video-analysis`.
 *
 * @throws `CONFIGURATION` for a text without `=`, and for a key that the package does not know
 */
export function optionsLayer(pairs: readonly string[]): ConfigurationLayer {
  const values: Record<string, string> = {};
  for (const pair of pairs) {
    const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const name = key.startsWith(full("")) ? bare(key) : key;
    if (!CONFIGURATION_KEYS.some((known) => known === name)) {
      // The value is not quoted: it may be a secret.
      throw new VideoAnalysisError(
        "CONFIGURATION",
        `--config has ${key === "" ? "no key" : `"${key}", which is no key of ${CONFIGURATION_NAMESPACE}`}${sentence(meantBy(name))} ` +
          `Give <key>=<value> with one of ${CONFIGURATION_KEYS.join(", ")}.`,
      );
    }
    values[full(name)] = value;
  }
  return { values, sealed: [], secrets: [], origin: "options" };
}

/** The key that may be meant, as a question. */
export function meantBy(key: string): string {
  const meant = closest(key, CONFIGURATION_KEYS);
  return meant === undefined ? "" : `; did you mean "${meant}"?`;
}
