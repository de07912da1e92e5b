/** A resource type, as tests use it, so that one table holds for all of them. */
import type { Emulator, JsonObject, ServiceDeclaration, StateTexts } from "../../../testkit/emulator";
import type { Props } from "../values";

/** Names of the service's operations, as the emulator logs them and its faults match them. */
export interface Operations {
  readonly create: string;
  readonly list: string;
  /** Shows one task by its id, for a batch one of its sub-tasks. */
  readonly show: string;
  /** Missing where the service documents none. */
  readonly update?: string;
  readonly delete: string;
  readonly start: string;
  readonly stop: string;
}

/** A change of one argument of {@link Kind.full}; the value undefined takes the argument away. */
export interface Change {
  readonly argument: string;
  readonly value: unknown;
}

/** A change that is made in place, with the members that the PUT must carry for it. */
export interface InPlace extends Change {
  readonly sent: JsonObject;
}

/** Traits that differ between resource types; tests choose their rows by them. */
export interface Features {
  /** A resource may be several top-level tasks of one name, whose ids it joins. */
  readonly severalIds: boolean;
  /** An edit at the service has to be put back by a replacement, or can be put back in place. */
  readonly drift: "replaced" | "updated";
  /** Inputs carry credentials of cameras: `vcn.password`, header values, URLs. */
  readonly secretInputs: boolean;
  /** Whether one call shows a top-level task; without it absence takes complete scans. */
  readonly oneCallShows: boolean;
  /** Arguments of {@link Kind.program} that no read shows and no update takes: nothing says whether an orphan has them. */
  readonly unreadable: readonly string[];
}

export interface Kind {
  readonly title: "ServiceTask" | "BatchTask" | "VideoAnalysisJob";
  /** The text that every state of this type holds, for ever. */
  readonly provider: string;
  /** The service as the `endpoints` configuration and the emulator name it. */
  readonly service: "modelarts" | "vias" | "iva";
  /** Path of the create call below the service's endpoint; without arguments, for {@link program}. */
  createPath(projectId: string, args?: Props): string;
  readonly operations: Operations;
  readonly features: Features;

  /** The smallest program that can be started and stopped: one endless source, no secrets. */
  program(name: string, more?: Props): Props;
  /** Every argument that goes together with the others; the region is left out. */
  full(name: string): Props;
  /** The body that creates {@link full}. */
  fullBody(name: string): JsonObject;
  /** Own argument that makes a task a scheduled one. */
  readonly schedule: "schedule" | "timing";
  /** A daily or weekly schedule that is always in its window. */
  readonly scheduled: Props;
  /** Own argument that takes settings of the algorithm, with the given settings. */
  settings(settings: Props): Props;
  /** As {@link settings} at the service: the member of the body; null takes them away. */
  settingsBody(settings: JsonObject | null): JsonObject;
  /** Property path of these settings. */
  readonly settingsPath: string;
  /** Declared id of the service whose loss its calls notice; missing where no path names a service. */
  readonly subscription?: string;
  /** The argument that names so many sources, numbered from `from` on (default 1). */
  sources(count: number, from?: number): Props;
  /** Input that never ends as far as arguments show; missing where they do not show it. */
  readonly endless?: Props;
  /** Input that ends. */
  readonly file?: Props;

  /** Ids of the top-level objects of a name, oldest first. */
  made(emulator: Emulator, name: string): string[];
  /** The output `taskIds` for a name: the same, for a batch its sub-tasks. */
  taskIds(emulator: Emulator, name: string): string[];
  /** The Pulumi id, and what `adopt` takes; without arguments, for {@link program}. */
  idFor(ids: readonly string[], args?: Props): string;
  /** The name under which the service's log and faults know the tasks that {@link Operations.show} shows. */
  shownName(name: string): string;
  /** Changes a top-level object as another client would, by a JSON merge patch of its wire object. */
  edit(emulator: Emulator, id: string, patch: JsonObject): void;
  /** Makes a top-level object vanish at once. */
  remove(emulator: Emulator, id: string): void;
  /** Forces a state; of a batch, that of its sub-tasks. */
  setState(emulator: Emulator, id: string, state: string, texts?: StateTexts): void;

  /** Changes of {@link full} that replace. */
  readonly replacing: readonly Change[];
  /** Changes of {@link full} that an update makes in place. */
  readonly updating: readonly InPlace[];
  /** The whole body of the PUT that makes such a change. */
  updateBody?(name: string, change: InPlace): JsonObject;
  /** An id of the right form that nothing has, and the form as errors quote it. */
  readonly missing: string;
  readonly idForm: RegExp;
}

/** The text of the state for one class of the package. */
export const providerOf = (title: string): string =>
  `exports.handler=()=>require("pulumi-video-analysis/runtime").${title}`;

/** Arguments, or a body, after a change. */
export function changed(props: Props, { argument, value }: Change): Props {
  const rest = Object.fromEntries(Object.entries(props).filter(([key]) => key !== argument));
  return value === undefined ? rest : { ...rest, [argument]: value };
}

export const numbered = <T>(count: number, make: (number: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index + 1));

/** Ids of the tasks of a name that belong to services of these platforms, oldest first. */
export function idsNamed(
  emulator: Emulator,
  name: string,
  ...platforms: readonly ServiceDeclaration["platform"][]
): string[] {
  const services = new Set(
    emulator.services.filter(({ platform }) => platforms.includes(platform)).map(({ id }) => id),
  );
  return emulator
    .tasks()
    .filter((task) => task.name === name && services.has(task.service_id) && task.batch_id === undefined)
    .map(({ id }) => id);
}
