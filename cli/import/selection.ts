/** Which tasks to import. */
import { VideoAnalysisError } from "../../provider/common/errors";
import type { Bag } from "../../provider/common/json";
import type { Environment } from "../../provider/lifecycle/resource";
import { taskKeys } from "../../provider/lifecycle/task-key";
import { deadlineFor } from "../../provider/lifecycle/timeouts";
import { kindNamed, type Kind } from "../stack/kinds";
import { isLeaving, listTasks, ownedTasks } from "../stack/tasks";
import type { RecordedResource } from "../stack/recorded";
import { matches } from "./names";
import type { ImportOptions } from "./options";

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

/** One service, or all batches of the project. */
interface Wanted {
  readonly kind: Kind;
  readonly args: Bag;
}

const SERVICE_TASK = kindNamed("ServiceTask");
const JOB = kindNamed("VideoAnalysisJob");
const BATCH = kindNamed("BatchTask");

/** Names of VAS services have neither digits nor capitals, ids of ModelArts services have (facts.md A and C). */
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

/** @param resources of the stack, where it is known */
function wantedServices(options: ImportOptions, resources: readonly RecordedResource[]): Wanted[] {
  const services = (kind: Kind, key: string, given: readonly string[]): Wanted[] => {
    const known = options.all
      ? resources.filter((resource) => resource.kind === kind).map(({ outputs }) => String(outputs[key]))
      : [];
    return [...new Set([...given, ...known])].map((service) => ({ kind, args: { [key]: service } }));
  };
  return [
    ...services(SERVICE_TASK, "serviceId", options.service),
    ...services(JOB, "serviceName", options.serviceName),
    ...(options.batches || options.all ? [{ kind: BATCH, args: {} }] : []),
  ];
}

/**
 * @param resources of the stack, where it is known
 * @throws `CONFIGURATION` where the options select nothing
 */
export async function select(
  options: ImportOptions,
  resources: readonly RecordedResource[],
  environmentOf: (kind: Kind) => Environment,
): Promise<Selection> {
  const wanted = wantedServices(options, resources);
  const named = options.id.map(parseSelected);
  if (wanted.length === 0 && named.length === 0) {
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
    const { args, taskIds } = definition.parseId(id);
    const keys = taskKeys(definition, args, taskIds);
    const label = `${definition.type} ${id}`;
    if (keys.some((key) => owned.has(key))) found.owned.add(label);
    else if (!keys.some((key) => taken.has(key))) found.selected.set(label, { kind, id });
    for (const key of keys) taken.add(key);
  };
  // First: an id of several tasks keeps them together.
  named.forEach(take);
  for (const { kind, args } of wanted) {
    const environment = environmentOf(kind);
    const deadline = deadlineFor("read", {}, `the list of tasks (${kind.definition.type})`, environment);
    const binding = await environment.open({ args }, deadline);
    for (const { id, task } of await listTasks({ kind, binding, environment, args })) {
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
