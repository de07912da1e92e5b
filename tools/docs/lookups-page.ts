/** `docs/reference/lookups.md`: arguments and entries of the lookups. */
import type { z } from "zod";
import { metaOf } from "../../provider/core/schema/field";
import { catalog } from "../../provider/services/catalog";
import { listInputs } from "../../provider/services/lookups/inputs";
import type { Lookup } from "../../provider/services/lookups/lookup";
import { LOOKUPS } from "../../provider/services/lookups/registry";
import { fenced, lookupPrograms } from "../examples/programs";
import { defaultText, meaningOf, sentences } from "../hover-text";
import { inputTypes } from "../types/input-types";
import { typeText } from "./argument-types";
import { GENERATED, table } from "./markdown";
import { memberTable, shapeSections, shapesIn } from "./output-tables";

export function lookupsPage(lookups: Readonly<Record<string, Lookup>> = LOOKUPS): string {
  const functions = Object.entries(lookups).map(([name, lookup]) => functionSection(name, lookup));
  const entries = new Set(Object.values(lookups).flatMap(entriesOf));
  return `${GENERATED}
# Lookups

Functions that read what the services have. Their two forms, paging, accounts and secrets are in [the guide](../lookups.md).

## Arguments of all

${argumentTable(argumentsIn(listInputs))}
## Functions

${functions.join("\n")}
## Entries

Members that have a question mark are absent where the service shows nothing. Types that are not on this page are those of the
resources: [ServiceTask](service-task.md), [BatchTask](batch-task.md), [VideoAnalysisJob](video-analysis-job.md).

${[...entries].map(entrySection).join("\n")}
${ownShapes([...entries]).join("\n")}`;
}

function functionSection(name: string, lookup: Lookup): string {
  const { inputs, summary, errors = {}, source } = lookup;
  const own = argumentsIn(inputs).filter(([key]) => !Object.hasOwn(listInputs.shape, key));
  const shared = "get" in lookup ? "`region` and `timeouts`" : "`region`, `timeouts` and `limit`";
  const names = entriesOf(lookup).map((entry) => `\`${metaOf(entry)?.typeName ?? ""}\``);
  const text = sentences([
    summary,
    `Answers ${"get" in lookup ? "" : "a list of "}${names.join(", with `details` ")}.`,
    ...Object.entries(errors).map(([code, occasion]) => `\`${code}\` where ${occasion}.`),
    `Source: ${source}. Beside ${shared}:`,
  ]);
  const [example] = lookupPrograms(name, lookup).map(fenced);
  return `### ${name}\n\n${text}\n\n${argumentTable(own)}\n${example ?? ""}`;
}

const argumentsIn = ({ shape }: z.ZodObject): [string, z.ZodType][] => Object.entries<z.ZodType>(shape);

function argumentTable(members: readonly (readonly [string, z.ZodType])[]): string {
  const rows = members.map(([key, schema]) => [
    `\`${key}\``,
    `\`${typeText(schema)}\``,
    schema._zod.optin === undefined ? "yes" : "",
    sentences([meaningOf(schema), defaultText(metaOf(schema))]),
  ]);
  return table(["argument", "type", "required", "meaning"], rows);
}

const entriesOf = (lookup: Lookup): z.ZodObject[] =>
  "summaryEntry" in lookup ? [lookup.summaryEntry, lookup.entry] : [lookup.entry];

function entrySection(entry: z.ZodObject): string {
  const { typeName = "", description = "" } = metaOf(entry) ?? {};
  return `### ${typeName}\n\n${description}\n\n${memberTable("member", entry)}`;
}

/** Shapes that are on no resource's page. */
function ownShapes(entries: readonly z.ZodObject[]): string[] {
  const elsewhere = new Set(inputTypes(catalog).names);
  for (const { outputs } of catalog) {
    for (const name of shapesIn(Object.entries<z.ZodType>(outputs.shape)).keys()) elsewhere.add(name);
  }
  const shapes = shapesIn(entries.flatMap(({ shape }) => Object.entries<z.ZodType>(shape)));
  return shapeSections(new Map([...shapes].filter(([name]) => !elsewhere.has(name))));
}
