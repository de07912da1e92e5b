/** Tasks that differ in a few plain values only: a program has them as one list and a loop. */
import { z } from "zod";
import { formatPath, setAt, type Path } from "../../../provider/common/json";
import { unwrap } from "../../../provider/core/schema/field";
import { schemaAt } from "../../../provider/core/schema/walk";
import { argumentsOf, type Declaration } from "./declaration";
import { camelCaseOf, unique } from "./names";
import { Call, Commented, Name } from "./printer";

/** Fewer are as quickly read apart. */
const FEWEST = 3;

/** More columns than this make no list that is easier to read. */
const MOST_COLUMNS = 4;

/** Names that the program has already, and words that no variable can have. */
const TAKEN = ["config", "fillIn", "provider", "pulumi", "va", "default", "function", "in", "new", "package"];

/** One declaration, or several in one loop. */
export interface Family {
  readonly declarations: readonly Declaration[];
  /** With names in the place of what differs. */
  readonly args: Commented;
  /** For each declaration what the names stand for; `name` is the logical one. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

interface Member {
  readonly declaration: Declaration;
  readonly args: Commented;
  readonly leaves: ReadonlyMap<string, { readonly path: Path; readonly value: unknown }>;
}

/** In the order of the first of each. */
export function familiesOf(declarations: readonly Declaration[]): Family[] {
  const groups = new Map<string, Member[]>();
  for (const declaration of declarations) {
    const args = argumentsOf(declaration);
    const leaves = new Map(
      leavesOf(args.members, []).map(({ path, value }) => [formatPath(path), { path, value }]),
    );
    const member = { declaration, args, leaves };
    const key = structureOf(member);
    groups.set(key, [...(groups.get(key) ?? []), member]);
  }
  return [...groups.values()].flatMap((members) => looped(members) ?? members.map(alone));
}

const alone = ({ declaration, args }: Member): Family => ({ declarations: [declaration], args, rows: [] });

function looped(members: readonly Member[]): Family | undefined {
  const [first] = members;
  if (first === undefined || members.length < FEWEST) return undefined;
  const columns = [...first.leaves].filter(
    ([key, { value }]) =>
      !isMark(value) && members.some(({ leaves }) => textOf(leaves.get(key)?.value) !== textOf(value)),
  );
  if (columns.length > MOST_COLUMNS) return undefined;
  const taken = new Set([...TAKEN, "name"]);
  const named = columns.map(([key, { path }]) => {
    const isLogical =
      key === "name" && members.every(({ declaration: { name, task } }) => name === task.args.name);
    const field = key === "name" ? "taskName" : String(path.findLast((part) => typeof part === "string"));
    return { key, path, variable: isLogical ? "name" : variableOf(field, taken) };
  });
  const marks = [...first.leaves.values()].flatMap(({ path, value }): [Path, unknown][] =>
    isMark(value)
      ? [
          [
            path,
            new Call(
              "fillIn",
              `${formatPath(path)} of each ${first.declaration.resourceType.definition.type}`,
            ),
          ],
        ]
      : [],
  );
  const replaced = [
    ...marks,
    ...named.map(({ path, variable }): [Path, unknown] => [path, new Name(variable)]),
  ].reduce<unknown>((args, [path, item]) => setAt(args, path, item), first.args.members);
  return {
    declarations: members.map(({ declaration }) => declaration),
    args: new Commented(first.args.comments, replaced as Readonly<Record<string, unknown>>),
    rows: members.map(({ declaration, leaves }) => ({
      name: declaration.name,
      ...Object.fromEntries(named.map(({ key, variable }) => [variable, leaves.get(key)?.value])),
    })),
  };
}

const variableOf = (field: string, taken: Set<string>): string => {
  const name = camelCaseOf(unique(camelCaseOf(field), taken));
  taken.add(name);
  return name;
};

/** Stands for a value that is still to come, for each in the same words. */
const isMark = (value: unknown): boolean => value instanceof Call && value.callee === "fillIn";

const textOf = (value: unknown): string =>
  value instanceof Call ? `${value.callee}(${JSON.stringify(value.argument)})` : JSON.stringify(value);

/** Equal for tasks that one loop can declare: they may differ in plain texts and numbers only. */
function structureOf({ declaration, args, leaves }: Member): string {
  const { definition } = declaration.resourceType;
  const shape = [...leaves].map(([key, { path, value }]) => {
    if (value instanceof Call) return [key, value.callee];
    const free = isPlain(schemaAt(definition.arguments, declaration.task.args, path));
    return [key, free ? typeof value : textOf(value)];
  });
  return JSON.stringify([definition.type, args.comments, shape]);
}

/** Words of a fixed set narrow the types of what stands beside them, and so stay as they are. */
function isPlain(schema: z.core.$ZodType | undefined): boolean {
  const inner = schema === undefined ? undefined : unwrap(schema);
  return inner instanceof z.ZodString || inner instanceof z.ZodNumber;
}

function leavesOf(value: unknown, path: Path): { readonly path: Path; readonly value: unknown }[] {
  if (value instanceof Call || typeof value !== "object" || value === null) return [{ path, value }];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
  if (entries.length === 0) return [{ path, value }];
  return entries.flatMap(([part, item]) => leavesOf(item, [...path, part]));
}
