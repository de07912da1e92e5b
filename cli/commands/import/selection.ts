/** Selects the tasks to import. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import { tasksOfId } from "../../../provider/core/ownership/owners";
import { keyOf } from "../../../provider/core/ownership/run-registry";
import { deadlineFor } from "../../../provider/core/reconcile/timeouts";
import { resourceTypeNamed, type ResourceType, VAS_SERVICE } from "../../stack/resource-types";
import { isLeaving, listTasks, ownedTasks, type IdentifiedTask } from "../../stack/tasks";
import type { RecordedResource } from "../../stack/recorded-resources";
import { mapBounded } from "../../common/map-bounded";
import { matches } from "./names";
import type { ImportOptions } from "./options";
import { whyNotOffered, type Access } from "../../stack/access";
import { BATCH, JOB, leftOut, SERVICE_TASK, findTargets, type Target } from "./targets";

/** Requests at the same time: as many as the Pulumi CLI's own default of 16 operations. */
export const CONCURRENCY = 16;

export interface Selected {
  readonly resourceType: ResourceType;
  readonly id: string;
}

/** As the summary names it. */
export const labelOf = ({ resourceType: { definition }, id }: Selected): string => `${definition.type} ${id}`;

export interface Selection {
  readonly selected: readonly Selected[];
  /** Tasks that the stack has. */
  readonly owned: readonly Selected[];
  /** Tasks that are being deleted. */
  readonly leaving: readonly string[];
}

/**
 * `<Type>:<id>`, or an id whose form decides the type.
 *
 * @throws `INVALID_ID`
 */
export function parseSelected(text: string): Selected {
  const [, type, rest = text] = /^(\w+):(.*)$/s.exec(text) ?? [];
  const [service = "", tasks] = rest.split("/");
  const guessed = tasks === undefined ? BATCH : VAS_SERVICE.test(service) ? JOB : SERVICE_TASK;
  const resourceType = type === undefined ? guessed : resourceTypeNamed(type);
  const { definition } = resourceType;
  const { args, taskIds } = definition.parseId(rest);
  return { resourceType, id: definition.formatId(args, taskIds) };
}

/**
 * @param resources of the stack, where it is known
 * @throws `CONFIGURATION` where the options select nothing
 */
export async function select(
  options: ImportOptions,
  resources: readonly RecordedResource[],
  access: Access,
): Promise<Selection> {
  const targets = await findTargets(options, resources, access);
  const named = options.id.map(parseSelected);
  if (targets.length === 0 && named.length === 0 && !options.all) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "nothing is selected. Give --service <id>, --service-name <name>, --batches, --all or --id <id>.",
    );
  }
  const owned = ownedTasks(resources);
  const found = {
    owned: new Map<string, Selected>(),
    leaving: new Set<string>(),
    selected: new Map<string, Selected>(),
  };
  const taken = new Set<string>();
  const take = ({ resourceType, id }: Selected): void => {
    const { definition } = resourceType;
    const keys = tasksOfId(definition, id).map(keyOf);
    const label = labelOf({ resourceType, id });
    if (keys.some((key) => owned.has(key))) found.owned.set(label, { resourceType, id });
    else if (!keys.some((key) => taken.has(key))) found.selected.set(label, { resourceType, id });
    for (const key of keys) taken.add(key);
  };
  // First: an id of several tasks keeps them together.
  named.forEach(take);
  const listings = await mapBounded(targets, CONCURRENCY, async (target) => ({
    resourceType: target.resourceType,
    tasks: await tasksOf(target, access),
  }));
  for (const { resourceType, tasks } of listings) {
    for (const { id, task } of tasks) {
      if (options.name.length > 0 && !options.name.some((pattern) => matches(pattern, task.name))) continue;
      if (isLeaving(task)) found.leaving.add(`${resourceType.definition.type} ${id}`);
      else take({ resourceType, id });
    }
  }
  return {
    selected: [...found.selected.values()],
    owned: [...found.owned.values()],
    leaving: [...found.leaving],
  };
}

async function tasksOf(
  { resourceType, service, args, named }: Target,
  access: Access,
): Promise<readonly IdentifiedTask[]> {
  const context = access.contextOf(resourceType);
  const deadline = deadlineFor("read", {}, `the list of tasks (${resourceType.definition.type})`, context);
  const binding = await context.open({ args }, deadline);
  try {
    return await listTasks({ resourceType, binding, context, args });
  } catch (error) {
    const why = named ? undefined : whyNotOffered(error, binding.endpoint);
    if (why === undefined) throw error;
    access.notify(leftOut(resourceType, service, why));
    return [];
  }
}
