/** The text that an editor shows on hovering over an argument. */
import type { z } from "zod";
import { metaOf, type FieldMeta } from "../provider/services/catalog";

/** Widest line of a doc comment, as the formatter of this repository has it. */
const WIDTH = 110;

/**
 * The hover text of a property: its meaning, then the consequences of setting and changing it.
 *
 * @param change what a change does, as a sentence
 */
export function propertyText(schema: z.core.$ZodType, change: string): string[] {
  const meta = metaOf(schema);
  const consequences = [
    defaultText(meta),
    !/\ba change replaces\b/.test(meta?.description ?? "") && change,
    secretText(meta),
    meta?.writeOnly && `Not drift-checked: ${meta.writeOnly}.`,
    meta?.source && `Source: ${meta.source}.`,
  ];
  return [meaningOf(schema), sentences(consequences)].filter((paragraph) => paragraph !== "");
}

/** Meaning, bounds and form of a property. */
export function meaningOf(schema: z.core.$ZodType): string {
  const description = metaOf(schema)?.description ?? "";
  return sentences([description, boundsOf(schema, description), formOf(schema, description)]);
}

export function defaultText(has: { readonly defaultsTo?: string } | undefined): string | undefined {
  return has?.defaultsTo === undefined ? undefined : `Default: ${has.defaultsTo}.`;
}

/** Joins those of the sentences that there are. */
export function sentences(texts: readonly (string | false | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text !== false && text !== "").join(" ");
}

export function secretText(meta: FieldMeta | undefined): string | undefined {
  if (meta?.secret === undefined || /secret/i.test(meta.description)) return undefined;
  return meta.secret === "url" ? "A secret when the URL carries credentials." : "A secret.";
}

/** The bounds that the schema enforces, unless the description names them already. */
function boundsOf(schema: z.core.$ZodType, description: string): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "optional") return boundsOf(def.innerType, description);
  if (def.type !== "number" && def.type !== "string" && def.type !== "array") return undefined;
  let min: number | bigint | Date | undefined;
  let max: number | bigint | Date | undefined;
  for (const check of def.checks ?? []) {
    const bound = (check as z.core.$ZodChecks)._zod.def;
    if (bound.check === "min_length") min = bound.minimum;
    if (bound.check === "max_length") max = bound.maximum;
    // An exclusive bound is left to the description: "at least" would be wrong for it.
    if (bound.check === "greater_than" && bound.inclusive) min = bound.value;
    if (bound.check === "less_than" && bound.inclusive) max = bound.value;
  }
  // Every mandatory text has at least one character: not worth a sentence.
  if (def.type === "string" && min === 1) min = undefined;
  const bounds = [min, max].filter((bound) => bound !== undefined).map(String);
  if (
    bounds.length === 0 ||
    bounds.every((bound) => new RegExp(String.raw`\b${bound}\b`).test(description))
  ) {
    return undefined;
  }
  const unit = { number: "", string: " characters", array: " entries" }[def.type];
  if (max === undefined) return `At least ${String(min)}${min === 1 ? unit.replace(/ies$/, "y") : unit}.`;
  return min === undefined ? `At most ${String(max)}${unit}.` : `${bounds.join(" to ")}${unit}.`;
}

/** The form that the schema demands of a text, in the words of its refusal, unless the description has it already. */
function formOf(schema: z.core.$ZodType, description: string): string | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "optional") return formOf(def.innerType, description);
  if (def.type !== "string") return undefined;
  const refusals = (def.checks ?? []).map((check) => {
    const { check: kind, error } = (check as z.core.$ZodChecks)._zod.def;
    return kind === "string_format" ? (error as ((issue: object) => unknown) | undefined)?.({}) : undefined;
  });
  const refusal = refusals.find((text) => typeof text === "string");
  if (typeof refusal !== "string") return undefined;
  const form = refusal.replace(/^expected /, "").replace(/ only$/, "");
  const marks = form.match(/"[^"]+"|\d+/g) ?? [form];
  const isTold = marks.every((mark) => description.includes(mark.replaceAll('"', "")));
  return isTold ? undefined : `Form: ${form}.`;
}

/** A doc comment; paragraphs are wrapped and set apart by empty lines. */
export function comment(paragraphs: readonly string[], indent: string): string {
  if (paragraphs.length === 0) return "";
  const lines = paragraphs.flatMap((paragraph, index) => [
    ...(index > 0 ? [""] : []),
    ...wrapped(paragraph.replaceAll("*/", "*\\/"), WIDTH - indent.length - " * ".length),
  ]);
  const [only, ...more] = lines;
  if (only !== undefined && more.length === 0 && only.length <= WIDTH - indent.length - "/**  */".length) {
    return `${indent}/** ${only} */\n`;
  }
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
