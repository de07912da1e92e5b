/** The file of `--values`: arguments that no call returns, supplied by the user. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import {
  formatPath,
  getAt,
  isObject,
  setAt,
  type PropertyMap,
  type Path,
} from "../../../provider/common/json";
import { readYaml } from "../../common/yaml";
import type { Selection } from "./selection";

/** Arguments by the id of their resource, by `<service>/*`, and by `*`. */
export type Values = ReadonlyMap<string, PropertyMap>;

/** Stands for every resource. */
const ALL = "*";

/** Stands for every resource of a service. */
const ofService = (id: string): string | undefined =>
  id.includes("/") ? id.replace(/\/.*$/s, `/${ALL}`) : undefined;

const isPattern = (key: string): boolean => key === ALL || key.endsWith(`/${ALL}`);

/**
 * YAML or JSON: an object of ids, each with arguments as a program writes them.
 *
 * @throws `CONFIGURATION`
 */
export async function parseValues(text: string, file: string): Promise<Values> {
  const { typed: content } = await readYaml(text, file);
  const entries = isObject(content) ? Object.entries(content) : [];
  const bags = entries.flatMap(([id, args]): [string, PropertyMap][] => (isObject(args) ? [[id, args]] : []));
  if (!isObject(content) || bags.length < entries.length) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} is no file of values. Write an object of ids, "<service>/*" or "*", each with the arguments that no ` +
        "call returns.",
    );
  }
  return new Map(bags);
}

/**
 * The values of tasks that an earlier run has imported may stay in the file.
 *
 * @throws `CONFIGURATION` for resources that are neither imported nor in the stack
 */
export function refuseStrangers(
  values: Values,
  { selected, owned }: Pick<Selection, "selected" | "owned">,
): void {
  const ids = selected.map(({ id }) => id);
  const all = [...ids, ...owned.map(({ id }) => id)];
  const known = new Set<string | undefined>([ALL, ...all, ...all.map(ofService)]);
  const stranger = [...values.keys()].find((id) => !known.has(id));
  if (stranger === undefined) return;
  throw new VideoAnalysisError(
    "CONFIGURATION",
    `--values names "${stranger}", which is not imported. Give one of the imported ids, "<service>/*" or "*": ${ids.join(", ")}.`,
  );
}

/** The values of one resource: its own, and those of patterns as far as they are open. */
export interface SuppliedValues {
  readonly own: PropertyMap;
  /** The nearest first. */
  readonly shared: readonly PropertyMap[];
}

export function valuesOf(values: Values, id: string): SuppliedValues {
  const shared = [ofService(id), ALL]
    .map((key) => (key === undefined ? undefined : values.get(key)))
    .filter((bag) => bag !== undefined);
  return { own: values.get(id) ?? {}, shared };
}

/**
 * @param open paths of what no call returns
 * @returns those that the values supply, with the value
 * @throws `CONFIGURATION` for a value of the resource's own that the service returns
 */
export function suppliedBy(
  { own, shared }: SuppliedValues,
  open: readonly Path[],
  id: string,
): { readonly path: Path; readonly value: unknown }[] {
  refuseReturned(own, open, id);
  return open.flatMap((path) => {
    const value = [own, ...shared].map((bag) => getAt(bag, path)).find((found) => found !== undefined);
    return value === undefined ? [] : [{ path, value }];
  });
}

/**
 * Patterns name arguments that some of their resources lack; one that is open nowhere is a mistake.
 *
 * @param open by the id of each resource
 * @throws `CONFIGURATION`
 */
export function refuseUnused(values: Values, open: ReadonlyMap<string, readonly Path[]>): void {
  for (const [pattern, bag] of values) {
    if (!isPattern(pattern)) continue;
    const fitting = [...open].filter(([id]) => pattern === ALL || ofService(id) === pattern);
    // All that it stands for is in the stack.
    if (fitting.length === 0) continue;
    const paths = fitting.flatMap(([, all]) => all);
    const rest = paths.reduce<PropertyMap>(
      (left, path) =>
        getAt(left, path) === undefined ? left : (setAt(left, path, undefined) as PropertyMap),
      bag,
    );
    const [unused] = leavesOf(rest, []);
    if (unused === undefined) continue;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `--values has ${formatPath(unused)} of "${pattern}", which is open in none of these resources. Leave it out: ` +
        `only these are open: ${[...new Set(paths.map(formatPath))].join(", ")}.`,
    );
  }
}

function leavesOf(value: unknown, path: Path): Path[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => leavesOf(item, [...path, index]));
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
  return [path];
}

function refuseReturned(values: PropertyMap, open: readonly Path[], id: string): void {
  const refuse = (value: unknown, path: Path): void => {
    const isOpen = open.some(
      (one) => one.length === path.length && one.every((part, at) => part === path[at]),
    );
    if (isOpen) return;
    const leads = path.length === 0 || open.some((one) => path.every((part, at) => part === one[at]));
    if (leads && isObject(value)) {
      for (const [key, item] of Object.entries(value)) refuse(item, [...path, key]);
    } else if (leads && Array.isArray(value)) {
      for (const [index, item] of value.entries()) refuse(item, [...path, index]);
    } else {
      throw new VideoAnalysisError(
        "CONFIGURATION",
        `--values has ${formatPath(path)} of "${id}", which the service returns. ` +
          `Leave it out: only these are open: ${open.map(formatPath).join(", ")}.`,
      );
    }
  };
  refuse(values, []);
}
