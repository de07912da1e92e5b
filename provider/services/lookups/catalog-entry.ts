/** Entries of catalogues: the documented members of an answer, in camelCase. */
import { z } from "zod";
import type { WireItem } from "../api/catalog";
import { defined, type PropertyMap } from "../../common/json";
import type { Location } from "../../core/contract";
import { field } from "../../core/schema/field";
import { fromWire } from "../../core/schema/wire";
import { place } from "./entries";

export interface EntryShape {
  readonly entry: z.ZodObject;
  /** Members that are in an answer under the same names. */
  readonly facts: z.ZodObject;
  readonly wire: WireNames;
}

/** Names in an answer of what all entries have. */
interface WireNames {
  readonly name: string;
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

interface EntryWords {
  readonly typeName: string;
  readonly description: string;
  /** The meaning of the times, where they are not the obvious ones. */
  readonly createdAt?: string;
  readonly updatedAt?: string;
}

export function entryShape(wire: WireNames, words: EntryWords, facts: z.ZodRawShape): EntryShape {
  const { typeName, description, createdAt, updatedAt } = words;
  const time = (meaning: string) => field(z.string().optional(), { description: `${meaning}, RFC 3339.` });
  const entry = z.object({
    id: field(z.string(), { description: "Id, as arguments of resources take it." }),
    name: field(z.string(), { description: "Name at the service." }),
    ...facts,
    ...(wire.createdAt === undefined ? {} : { createdAt: time(createdAt ?? "When it was created") }),
    ...(wire.updatedAt === undefined ? {} : { updatedAt: time(updatedAt ?? "When it was last changed") }),
    ...place.shape,
  });
  return { entry: field(entry, { typeName, description }), facts: z.object(facts), wire };
}

/** Milliseconds since 1970 in all of these lists, at times printed as text. */
function timeOf(value: unknown): string | undefined {
  const ms = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof ms !== "number") return undefined;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The value where it has the documented type, also of a number that stands for a text (a workspace 0). */
function inType(schema: z.ZodType, value: unknown): unknown {
  if (schema.safeParse(value).success) return value;
  return typeof value === "number" && schema.safeParse(String(value)).success ? String(value) : undefined;
}

/** A member of another type than the documents give it is left out, rather than the whole list refused. */
export function catalogEntry(
  { facts, wire }: EntryShape,
  item: WireItem,
  { region, projectId, endpoint }: Location,
): PropertyMap {
  const members = fromWire(facts, item) as PropertyMap;
  const shown = Object.entries(facts.shape as Record<string, z.ZodType>).flatMap(([key, schema]) => {
    const value = inType(schema, members[key]);
    return value === undefined || value === "" ? [] : [[key, value] as const];
  });
  const name = item[wire.name];
  const time = (key: string | undefined): string | undefined =>
    key === undefined ? undefined : timeOf(item[key]);
  return {
    id: item.id,
    name: typeof name === "string" ? name : "",
    ...defined({ createdAt: time(wire.createdAt), updatedAt: time(wire.updatedAt) }),
    ...Object.fromEntries(shown),
    region,
    projectId,
    endpoint,
  };
}
