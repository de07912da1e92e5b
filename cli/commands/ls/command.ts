/** `video-analysis ls`: the lookups of the library, for people and for scripts. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import { printable } from "../../../provider/common/printable";
import { scrubber } from "../../../provider/common/redaction";
import * as lookups from "../../../provider/services/lookups";
import {
  configurationOf,
  optionsLayer,
  SEALED_CREDENTIALS,
  type Configuration,
} from "../../stack/configuration/layers";
import { openConfiguration } from "../../stack/configuration/open";
import { openStack, withSelected } from "../../stack/open";
import type { OpenedStack } from "../../stack/opened-stack";
import { ownConfiguration } from "../../stack/provider-configurations";
import { recordedResources, servicesOf } from "../../stack/recorded-resources";
import { columnsOf, painter } from "../../output/terminal";
import { jsonText, print } from "../../output/write";
import { allTasks } from "./all";
import { ARGUMENT_OPTIONS, argumentFor, LIST_VIEWS, MIXED_COLUMNS, type ListView } from "./lists";
import { ALL, type ListKind, type LsOptions } from "./options";
import { masked, tableOf } from "./print";
import { serviceId } from "./service-name";

/** @returns the exit status */
export async function ls(what: ListKind | typeof ALL, options: LsOptions): Promise<0> {
  const view = what === ALL ? undefined : LIST_VIEWS[what];
  const texts = view === undefined ? {} : textsOf(what, view, options);
  if (view === undefined) refuseForAll(options);
  const { configuration, stack } = await configured(options);
  for (const warning of configuration.warnings) process.stderr.write(`warning: ${printable(warning)}\n`);
  if (configuration.sealed) {
    process.stderr.write(`warning: ${SEALED_CREDENTIALS}\n`);
  }
  const vasServices =
    view !== undefined || stack === undefined ? [] : servicesOf(recordedResources(stack), "VideoAnalysisJob");
  const found =
    view === undefined
      ? await allTasks(options, configuration, vasServices)
      : await listed(view, texts, options, configuration);
  const scrub = scrubber(configuration.secrets);
  const entries = found.map((entry) => scrub(entry));
  const text = options.json
    ? jsonText(entries)
    : tableOf(entries, view?.columns ?? MIXED_COLUMNS, what, {
        paint: painter(options.color, process.stdout),
        width: columnsOf(process.stdout),
      });
  await print(text, process.stdout);
  return 0;
}

async function listed(
  view: ListView,
  texts: Readonly<Record<string, string>>,
  { details, limit }: LsOptions,
  configuration: Configuration,
): Promise<PropertyMap[]> {
  const named =
    view.lookup === "listServiceTasks" && texts.serviceId !== undefined
      ? { serviceId: await serviceId(texts.serviceId, configuration) }
      : {};
  const args = {
    ...lookups.argumentsFromTexts(view.lookup, { ...texts, ...named }),
    ...(details ? { details: true } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
  const lister = await new lookups.Lookups().list(view.lookup, args, configuration.request);
  return (await lister.all()).map((entry) => masked(view.lookup, entry));
}

/** Arguments of the lookup that options name. */
function textsOf(what: string, view: ListView, options: LsOptions): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const pair of options.filter) {
    const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    if (key === "") {
      throw new VideoAnalysisError("INVALID_LOOKUP", `--filter expects <argument>=<value>, not "${pair}".`);
    }
    texts[key] = value;
  }
  for (const option of ARGUMENT_OPTIONS) {
    const argument = argumentFor(option, view);
    const text = options[option];
    if (argument === undefined && text !== undefined) {
      throw new VideoAnalysisError("INVALID_LOOKUP", `ls ${what} has no --${option}. Leave it out.`);
    }
    if (argument === undefined) continue;
    if (text !== undefined) texts[argument.key] = text;
    if (argument.isRequired && texts[argument.key] === undefined) {
      const meaning = argument.meaning.charAt(0).toLowerCase() + argument.meaning.slice(1);
      throw new VideoAnalysisError("INVALID_LOOKUP", `ls ${what} needs --${option}: ${meaning}`);
    }
  }
  return texts;
}

/** Arguments of a lookup are those of one kind. */
function refuseForAll({ filter, details }: LsOptions): void {
  if (filter.length === 0 && !details) return;
  const option = details ? "--details" : "--filter";
  throw new VideoAnalysisError("INVALID_LOOKUP", `ls ${ALL} has no ${option}. Name one kind of things.`);
}

interface Opened {
  readonly configuration: Configuration;
  readonly stack?: OpenedStack;
}

async function configured(options: LsOptions): Promise<Opened> {
  const given = optionsLayer(options.config);
  const { stack: name, configFile, cwd } = options;
  const named = await withSelected({ cwd, ...(name && { stack: name }), ...(configFile && { configFile }) });
  if (named.stack !== undefined) {
    const stack = await openStack(named);
    return { configuration: ownConfiguration(stack, given), stack };
  }
  const { layers, directory } = await openConfiguration(configFile, cwd);
  return { configuration: configurationOf([given, ...layers], directory) };
}
