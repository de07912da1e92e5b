/** Existing tasks as a program declares them: each under a name of its own, with secrets from the configuration. */
import { formatPath, getAt, isObject, type Path } from "../../../provider/common/json";
import type { Unreadable } from "../../../provider/core/drift/unreadable";
import { secretPaths } from "../../../provider/core/schema/secrets";
import type { ResourceType } from "../../stack/resource-types";
import type { ExistingTask } from "./read-task";
import { camelCaseOf, logicalName, unique } from "./names";
import { Call, Commented } from "./printer";

/** A value that the program takes from the configuration. */
export interface SecretReference {
  readonly path: Path;
  /** Key of the project's configuration. */
  readonly key: string;
  /** Whether the service shows the value, so that the import file has it. */
  readonly known: boolean;
}

export interface Declaration {
  readonly resourceType: ResourceType;
  readonly name: string;
  readonly task: ExistingTask;
  readonly secrets: readonly SecretReference[];
}

/**
 * @param taken logical names that the stack has already
 * @param configured the project's configuration: a key of it is used again only where it has the same value
 */
export function declare(
  tasks: readonly { readonly resourceType: ResourceType; readonly task: ExistingTask }[],
  taken: Iterable<string>,
  configured: ReadonlyMap<string, string | undefined>,
): Declaration[] {
  const names = new Set(taken);
  const keys = new Set<string>();
  return tasks.map(({ resourceType, task }) => {
    const name = logicalName(String(task.args.name), names);
    const { arguments: schema } = resourceType.definition;
    const reference = (path: Path, known: boolean): SecretReference => {
      const field = path.findLast((part) => typeof part === "string") ?? "secret";
      const value = known ? getAt(task.args, path) : undefined;
      const others = [...configured].filter(([, text]) => text === undefined || text !== value);
      const key = unique(camelCaseOf(name, field), new Set([...keys, ...others.map(([other]) => other)]));
      keys.add(key);
      return { path, key, known };
    };
    const secrets = [
      ...secretPaths(schema, task.args).map((path) => reference(path, true)),
      ...task.unreadable.filter(({ secret }) => secret).map(({ path }) => reference(path, false)),
    ];
    return { resourceType, name, task, secrets };
  });
}

const isMarked = ({ required, secret }: Unreadable): boolean => required && !secret;

/** Property paths of the places that the program has marked for a value. */
export const markedIn = ({ task }: Declaration): string[] =>
  task.unreadable.filter(isMarked).map(({ path }) => formatPath(path));

/** Property paths of required arguments that no call returns. */
export const toFillIn = (declaration: Declaration): string[] => [
  ...markedIn(declaration),
  ...declaration.secrets.filter(({ known }) => !known).map(({ path }) => formatPath(path)),
];

/** Optional arguments that no call returns. */
export const toAdd = ({ task }: Declaration): string[] => [
  ...new Set(
    task.unreadable.filter(({ required, secret }) => !required && !secret).map(({ path }) => patternOf(path)),
  ),
];

/** A path for all elements of its lists. */
const patternOf = (path: Path): string => formatPath(path).replace(/\[\d+\]/g, "[]");

/** The arguments as they stand in the program. */
export function argumentsOf(declaration: Declaration): Commented {
  const { resourceType, name, task, secrets } = declaration;
  const { type, arguments: schema } = resourceType.definition;
  const marked = task.unreadable.filter(isMarked).map(({ path }): [Path, Call] => {
    const what = `${formatPath(path)} of ${type} "${name}"`;
    return [path, new Call("fillIn", what)];
  });
  const referring = secrets.map(({ path, key }): [Path, Call] => [
    path,
    new Call("config.requireSecret", key),
  ]);
  const filled = [...marked, ...referring].reduce<unknown>(
    (value, [path, call]) => put(value, path, call),
    task.args,
  );
  const members = filled as Readonly<Record<string, unknown>>;
  const ordered = Object.keys(schema.shape).filter((key) => members[key] !== undefined);
  const comments = [
    ...derivations(task),
    ...toAdd(declaration).map((path) => `${path}: no call returns it; add it where the task has it.`),
    ...secrets
      .filter(({ known }) => !known)
      .map(({ path }) => `${formatPath(path)}: the service does not show it.`),
    ...task.problems.map(
      ({ path, reason }) => `${formatPath(path)}: not as the documents have it (${reason}).`,
    ),
  ];
  return new Commented(comments, Object.fromEntries(ordered.map((key) => [key, members[key]])));
}

/** A line for each source. */
function derivations({ derived }: ExistingTask): string[] {
  const sources = [...new Set(derived.map(({ source = "" }) => source))];
  return sources.map((source) => {
    const paths = derived.filter((one) => one.source === source).map(({ path }) => formatPath(path));
    return `${paths.join(", ")}: ${source}`;
  });
}

/** Missing members come first: they need attention. */
function put(value: unknown, path: Path, item: Call): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return item;
  if (Array.isArray(value)) {
    return value.map((old: unknown, index) => (index === part ? put(old, rest, item) : old));
  }
  const members = isObject(value) ? value : {};
  return Object.hasOwn(members, part)
    ? { ...members, [part]: put(members[part], rest, item) }
    : { [part]: put(undefined, rest, item), ...members };
}
