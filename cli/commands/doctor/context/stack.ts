/** The selected stack: its configuration, and the services that its resources use. */
import { countOf } from "../../../common/wording";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isVideoAnalysisError } from "../../../../provider/common/errors";
import { configurationOf, type Configuration } from "../../../stack/configuration/layers";
import { configurationsOf, isDefaultProvider } from "../../../stack/provider-configurations";
import { recordedResources, servicesOf } from "../../../stack/recorded-resources";
import { openConfiguration } from "../../../stack/configuration/open";
import { openStack } from "../../../stack/open";
import type { OpenedStack } from "../../../stack/opened-stack";
import type { ConfigurationLayer } from "../../../stack/configuration/layers";
import { failed, failedBy, ok, skipped, warning, type Outcome } from "./outcome";
import type { StackOptions } from "../../../stack/options";

export interface Stack {
  /** Of the check. */
  readonly outcome: Outcome;
  readonly configuration: Configuration;
  /** ModelArts service ids and VAS service names that its resources name. */
  readonly services: { readonly modelarts: readonly string[]; readonly iva: readonly string[] };
  /** The CLI still runs, and is not waited for. */
  readonly abandoned?: boolean;
}

/** Two commands of the CLI, each of which asks a backend. */
const SOURCE_TIMEOUT_MS = 60_000;

const NO_SERVICES: Stack["services"] = { modelarts: [], iva: [] };

/** @param given what `--config` says */
export async function openStackOf(options: StackOptions, given: ConfigurationLayer): Promise<Stack> {
  const { state, stack, configFile } = options;
  const configuration = configurationOf([given], await directoryOf(options.cwd));
  const unknown = { configuration, services: NO_SERVICES };
  try {
    if (state !== undefined || stack !== undefined) {
      const opened = await withinTime(openStack(options));
      return opened === undefined
        ? {
            outcome: failed(
              `no answer of the Pulumi CLI within ${SOURCE_TIMEOUT_MS / 1000} s`,
              "Check the CLI, its login and its backend, or use --state with a file of `pulumi stack export`.",
            ),
            ...unknown,
            abandoned: true,
          }
        : stackFrom(opened, given);
    }
    if (configFile === undefined) {
      return {
        outcome: skipped(
          "none was named or selected: its configuration is not looked at (--stack, --state or --config-file)",
        ),
        ...unknown,
      };
    }
    const { layers, directory } = await openConfiguration(configFile, options.cwd);
    const ofFile = configurationOf([given, ...layers], directory);
    return {
      outcome: judge(`the configuration in ${configFile}`, ofFile),
      configuration: ofFile,
      services: NO_SERVICES,
    };
  } catch (error) {
    return { outcome: failedBy(error), ...unknown };
  }
}

/** Base of relative files. The check `program` reports a broken project file. */
async function directoryOf(cwd: string): Promise<string> {
  try {
    return (await openConfiguration(undefined, cwd)).directory;
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return path.resolve(cwd);
  }
}

/** Undefined where the work takes too long. */
async function withinTime<T>(work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  // A rejection after the time limit is ignored.
  work.catch(() => undefined);
  const end = delay(SOURCE_TIMEOUT_MS, undefined, { signal: over.signal }).catch(() => undefined);
  try {
    return await Promise.race([work, end]);
  } finally {
    over.abort();
  }
}

function stackFrom(opened: OpenedStack, given: ConfigurationLayer): Stack {
  const resources = recordedResources(opened);
  const configurations = configurationsOf(opened, given);
  const own = resources.find(({ provider }) => isDefaultProvider(provider));
  const configuration = configurations.of(own?.provider ?? "");
  const others = new Set(resources.map(({ provider }) => provider).filter((urn) => !isDefaultProvider(urn)));
  const aside =
    others.size === 0
      ? ""
      : `; the arguments of ${countOf(others.size, "explicit provider")} are not looked at`;
  return {
    outcome: judge(
      `${opened.source.name}: ${countOf(resources.length, "resource")} of the package${aside}`,
      configuration,
    ),
    configuration,
    services: {
      modelarts: servicesOf(resources, "ServiceTask"),
      iva: servicesOf(resources, "VideoAnalysisJob"),
    },
  };
}

function judge(detail: string, { sealed, warnings }: Configuration): Outcome {
  if (warnings.length > 0) {
    return warning(
      `${detail}; ${warnings.join("; ")}`,
      "Do as the text says: with --stack the Pulumi CLI opens it.",
    );
  }
  if (!sealed) return ok(detail);
  return warning(
    `${detail}; its credentials are encrypted`,
    "Give PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE, or use --stack, where the Pulumi CLI opens them.",
  );
}
