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
import { withoutSecrets } from "../../output/secrets";
import { painter, table, type Paint } from "../../output/terminal";
import { shortened, visible } from "../../output/text";
import { jsonText, print } from "../../output/write";
import { ARGUMENT_OPTIONS, argumentFor, LIST_VIEWS, type ListView } from "./lists";
import type { ListKind, LsOptions } from "./options";

/** Widest cell of a column other than that of the ids, which are to be copied. */
const MAX_CELL = 48;

/** @returns the exit status */
export async function ls(what: ListKind, options: LsOptions): Promise<0> {
  const view = LIST_VIEWS[what];
  const texts = textsOf(what, view, options);
  const configuration = await configured(options);
  for (const warning of configuration.warnings) process.stderr.write(`warning: ${printable(warning)}\n`);
  if (configuration.sealed) {
    process.stderr.write(`warning: ${SEALED_CREDENTIALS}\n`);
  }
  const args = {
    ...lookups.argumentsFromTexts(view.lookup, texts),
    ...(options.details ? { details: true } : {}),
    ...(options.limit === undefined ? {} : { limit: options.limit }),
  };
  const lister = await new lookups.Lookups().list(view.lookup, args, configuration.request);
  const scrub = scrubber(configuration.secrets);
  const entries = (await lister.all()).map((entry) => scrub(masked(view, entry)));
  const text = options.json
    ? jsonText(entries)
    : tableOf(entries, view, what, painter(options.color, process.stdout));
  await print(text, process.stdout);
  return 0;
}

/** Lines that end in a line break. */
function tableOf(
  entries: readonly PropertyMap[],
  { columns }: ListView,
  what: ListKind,
  paint: Paint,
): string {
  if (entries.length === 0) return `No ${what.replace("-", " ")} found.\n`;
  const header = columns.map(([title]) => title);
  const rows = entries.map((entry) =>
    columns.map(([, value], index) =>
      cellOf(typeof value === "string" ? entry[value] : value(entry), index === 0),
    ),
  );
  const [head = "", ...lines] = table([header, ...rows]);
  return `${[paint("dim", head), ...lines].join("\n")}\n`;
}

function cellOf(value: unknown, isId: boolean): string {
  if (value === undefined || value === null) return "";
  const text = visible(typeof value === "string" ? value : JSON.stringify(value));
  return isId ? text : shortened(text, MAX_CELL);
}

/** Arguments of the lookup that options name. */
function textsOf(what: ListKind, view: ListView, options: LsOptions): Record<string, string> {
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

async function configured({ config, configFile }: LsOptions): Promise<Configuration> {
  const { layers, directory } = await openConfiguration(configFile);
  return configurationOf([optionsLayer(config), ...layers], directory);
}

/** Passwords, header values and addresses with credentials never go to a screen or a log. */
function masked({ lookup }: ListView, entry: PropertyMap): PropertyMap {
  return withoutSecrets(entry, [], lookups.secretsOf(lookup, entry)).value as PropertyMap;
}
