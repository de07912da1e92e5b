/** Who owns a task: two resources of a state must never share one. */
import type { Clock } from "../../common/clock";
import { isVideoAnalysisError, VideoAnalysisError } from "../../common/errors";
import { defined, type PropertyMap } from "../../common/json";
import type { Refusal } from "../../common/remedies";
import { type Claim, claimIn, newClaim } from "./claim";
import { locationIn } from "../state/outputs";
import type { Failure, Location, ResourceDefinition } from "../contract";
import type { Evidence, OwnedTask, Ownership, RunRegistry } from "./run-registry";

/** @param args arguments that the ids are read with, such as the service */
export function ownedTasks(
  { type, formatId }: Pick<ResourceDefinition, "type" | "formatId">,
  args: PropertyMap,
  taskIds: readonly string[],
  { region, projectId }: Partial<Location> = {},
): OwnedTask[] {
  const place = {
    ...(region === undefined ? {} : { region }),
    ...(projectId === undefined ? {} : { projectId }),
  };
  return taskIds.map((taskId) => ({ type, id: formatId(args, [taskId]), ...place }));
}

/** The tasks of a Pulumi id, which is also what `adopt` takes. Throws `INVALID_ID`. */
export function tasksOfId(
  definition: Pick<ResourceDefinition, "type" | "formatId" | "parseId">,
  id: string,
  place?: Partial<Location>,
): OwnedTask[] {
  const { args, taskIds } = definition.parseId(id);
  return ownedTasks(definition, args, taskIds, place);
}

const isOther = (ownership: Ownership, owner: string | undefined): boolean =>
  ownership.by !== "read" && ownership.owner !== undefined && ownership.owner !== owner;

/** Another resource of the program that owns, or adopts, a task. */
export function otherOwnerOf(
  registry: RunRegistry,
  task: OwnedTask,
  owner: string | undefined,
): Ownership | undefined {
  return registry.ownersOf(task).find((ownership) => isOther(ownership, owner));
}

/** Whether some resource of the state records a task; the hook that saw it does not get its name. */
export const isRecorded = (registry: RunRegistry, task: OwnedTask): boolean =>
  registry.ownersOf(task).some(({ by, owner }) => by === "read" || owner === undefined);

/** Whether the run knows an owner of the task, and no delete since. */
export const isOwned = (registry: RunRegistry, task: OwnedTask): boolean =>
  registry.deletionsOf(task).length === 0 && registry.ownersOf(task).length > 0;

/**
 * The reason that forbids a resource to own tasks: another one of the program owns one of them too, and one of the two takes it over
 * in this run.
 */
export function whyNotOwner(
  registry: RunRegistry,
  { tasks, owner, takesOver = false }: Pick<Ownership, "tasks" | "owner" | "takesOver">,
): Refusal | undefined {
  for (const task of tasks) {
    const other = registry
      .ownersOf(task)
      .find((ownership) => isOther(ownership, owner) && (takesOver || ownership.takesOver === true));
    if (other === undefined) continue;
    return {
      problem: `${task.id} belongs to another resource of this program, ${nameOf(other)}, and two resources must not share a task`,
      remedy: [{ code: takesOver ? "give-own-task" : "remove-either" }],
    };
  }
  return undefined;
}

/** Default names end with a hash (docs/concepts.md, "Names"). */
const DEFAULT_NAME = /^(.+)-[0-9a-f]{12}$/;

/** The logical name that a default name was made from. */
const logicalName = (defaultName: string): string => DEFAULT_NAME.exec(defaultName)?.[1] ?? defaultName;

/** A resource as messages name it. */
export interface NamedResource {
  /** Its id, or before it has one its name. */
  readonly id: string;
  /** Arguments, or recorded outputs. */
  readonly args: PropertyMap;
}

/** The logical name as far as the hook knows it, else the name of the task. */
export function nameInProgram(
  { id, args: { name, nameIsDefault } }: NamedResource,
  owner: string | undefined,
): string {
  if (owner !== undefined) return logicalName(owner);
  if (typeof name !== "string") return id;
  return nameIsDefault === true ? logicalName(name) : name;
}

/** The resource by its logical name, as far as that is known. */
export const nameOf = ({ owner = "" }: Ownership): string => `"${logicalName(owner)}"`;

/** Clock and owners of a run, and the resource that is to own. */
interface Owning {
  readonly clock: Clock;
  readonly registry: RunRegistry;
  readonly owner?: string;
}

/** Takes tasks over that were there before the resource, later than every claim that the run has seen on them. */
export function takeoverOf(
  tasks: readonly OwnedTask[],
  { clock, registry, owner }: Owning,
): Ownership & { readonly claim: Claim } {
  const known = tasks.flatMap((task) => registry.ownersOf(task)).map(({ claim }) => claim);
  const claim = newClaim(clock.wall(), clock.random(), known);
  return { tasks, by: "create", claim, takesOver: true, ...defined({ owner }) };
}

export const alreadyOwned = ({ problem, remedy }: Refusal): VideoAnalysisError =>
  new VideoAnalysisError("ALREADY_OWNED", problem, { remedy });

/** Notes an owner, but for one that must not take the tasks over. Throws `ALREADY_OWNED` where the program has another. */
export function markOwner(registry: RunRegistry, ownership: Ownership): void {
  const { owner, takesOver = false } = ownership;
  // A hook that does not know its own resource cannot call the other one another.
  const refusal = owner === undefined && !takesOver ? undefined : whyNotOwner(registry, ownership);
  if (refusal === undefined || !takesOver) registry.markOwned(ownership);
  if (refusal !== undefined) throw alreadyOwned(refusal);
}

interface Recorded {
  readonly id: string;
  readonly outputs: PropertyMap;
  readonly by: Evidence;
  readonly owner?: string | undefined;
}

/**
 * Notes the owner that the state records, with its claim. Throws `ALREADY_OWNED`.
 *
 * @returns its tasks; none of an id that cannot be read, which the call that needs it reports
 */
export function markRecordedOwner(
  definition: ResourceDefinition,
  registry: RunRegistry,
  { id, outputs, by, owner }: Recorded,
): readonly OwnedTask[] {
  const tasks = readable(() => tasksOfId(definition, id, locationIn(outputs)));
  const claim = claimIn(outputs);
  markOwner(registry, {
    tasks,
    by,
    ...(owner === undefined ? {} : { owner }),
    ...(claim === undefined ? {} : { claim }),
  });
  return tasks;
}

function readable(read: () => readonly OwnedTask[]): readonly OwnedTask[] {
  try {
    return read();
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return [];
  }
}

interface Checked {
  readonly isUnknown: (value: unknown) => boolean;
  readonly warn: (message: string) => void;
  readonly owner: string | undefined;
  /** Whether the resource is to be created. */
  readonly isNew: boolean;
}

/** Notes the tasks that a resource of the program adopts. Refuses tasks of another one. */
export function markAdoption(
  definition: ResourceDefinition,
  registry: RunRegistry,
  inputs: PropertyMap,
  { owner, isNew, isUnknown, warn }: Checked,
): Failure[] {
  const { adopt, region } = inputs;
  if (typeof adopt !== "string" || isUnknown(adopt)) return [];
  const place = typeof region === "string" && !isUnknown(region) ? { region } : {};
  const tasks = readable(() => tasksOfId(definition, adopt, place));
  const ownership = {
    tasks,
    by: "check",
    takesOver: true,
    ...(owner === undefined ? {} : { owner }),
  } as const;
  const refusal = whyNotOwner(registry, ownership);
  if (refusal !== undefined) {
    const { message, remedies } = alreadyOwned(refusal);
    return [{ path: ["adopt"], reason: message, remedies }];
  }
  const recorded = isNew ? tasks.filter((task) => isRecorded(registry, task)) : [];
  if (recorded.length > 0) {
    warn(
      `\`adopt: "${adopt}"\`: a resource of the state records ${recorded.map(({ id }) => id).join(", ")} already. ` +
        "While the program has both, they share the task; remove the other one, whose deletion leaves the task to this one.",
    );
  }
  registry.markOwned(ownership);
  return [];
}
