/** Which tasks to import. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import { tasksOfId } from "../../../provider/core/ownership/owners";
import { keyOf } from "../../../provider/core/ownership/run-registry";
import { deadlineFor } from "../../../provider/core/reconcile/timeouts";
import { kindNamed, type Kind } from "../../stack/resource-types";
import { isLeaving, listTasks, ownedTasks, type PlacedTask } from "../../stack/tasks";
import type { RecordedResource } from "../../stack/recorded-resources";
import { mapBounded } from "../../common/map-bounded";
import { matches } from "./names";
import type { ImportOptions } from "./options";
import { whyNothing, type Reach } from "./reach";
import { BATCH, JOB, leftOut, SERVICE_TASK, wantedServices, type Wanted } from "./wanted";

/** Requests at the same time: as many as the Pulumi CLI's own default of 16 operations. */
export const CONCURRENCY = 16;

export interface Selected {
  readonly kind: Kind;
  readonly id: string;
}

export interface Selection {
  readonly selected: readonly Selected[];
  /** Tasks that the stack has. */
  readonly owned: readonly string[];
  /** Tasks that are being deleted. */
  readonly leaving: readonly string[];
}

/** Names of VAS services have neither digits nor capitals, ids of ModelArts services have. */
const VAS_SERVICE = /^[a-z][a-z-]*$/;

/**
 * `<Type>:<id>`, or an id that tells its type.
 *
 * @throws `INVALID_ID`
 */
export function parseSelected(text: string): Selected {
  const [, type, rest = text] = /^(\w+):(.*)$/s.exec(text) ?? [];
  const [service = "", tasks] = rest.split("/");
  const guessed = tasks === undefined ? BATCH : VAS_SERVICE.test(service) ? JOB : SERVICE_TASK;
  const kind = type === undefined ? guessed : kindNamed(type);
  const { definition } = kind;
  const { args, taskIds } = definition.parseId(rest);
  return { kind, id: definition.formatId(args, taskIds) };
}

/**
 * @param resources of the stack, where it is known
 * @throws `CONFIGURATION` where the options select nothing
 */
export async function select(
  options: ImportOptions,
  resources: readonly RecordedResource[],
  reach: Reach,
): Promise<Selection> {
  const wanted = await wantedServices(options, resources, reach);
  const named = options.id.map(parseSelected);
  if (wanted.length === 0 && named.length === 0 && !options.all) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "nothing is selected: give --service <id>, --service-name <name>, --batches, --all or --id <id>.",
    );
  }
  const owned = ownedTasks(resources);
  const found = {
    owned: new Set<string>(),
    leaving: new Set<string>(),
    selected: new Map<string, Selected>(),
  };
  const taken = new Set<string>();
  const take = ({ kind, id }: Selected): void => {
    const { definition } = kind;
    const keys = tasksOfId(definition, id).map(keyOf);
    const label = `${definition.type} ${id}`;
    if (keys.some((key) => owned.has(key))) found.owned.add(label);
    else if (!keys.some((key) => taken.has(key))) found.selected.set(label, { kind, id });
    for (const key of keys) taken.add(key);
  };
  // First: an id of several tasks keeps them together.
  named.forEach(take);
  const listings = await mapBounded(wanted, CONCURRENCY, async (one) => ({
    kind: one.kind,
    tasks: await tasksOf(one, reach),
  }));
  for (const { kind, tasks } of listings) {
    for (const { id, task } of tasks) {
      if (options.name.length > 0 && !options.name.some((pattern) => matches(pattern, task.name))) continue;
      if (isLeaving(task)) found.leaving.add(`${kind.definition.type} ${id}`);
      else take({ kind, id });
    }
  }
  return {
    selected: [...found.selected.values()],
    owned: [...found.owned],
    leaving: [...found.leaving],
  };
}

async function tasksOf({ kind, service, args, named }: Wanted, reach: Reach): Promise<readonly PlacedTask[]> {
  const environment = reach.environmentOf(kind);
  const deadline = deadlineFor("read", {}, `the list of tasks (${kind.definition.type})`, environment);
  const binding = await environment.open({ args }, deadline);
  try {
    return await listTasks({ kind, binding, environment, args });
  } catch (error) {
    const why = named ? undefined : whyNothing(error, binding.endpoint);
    if (why === undefined) throw error;
    reach.say(leftOut(kind, service, why));
    return [];
  }
}
