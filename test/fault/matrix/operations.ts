/** The operations of a resource's life, with the requests that each makes: the rows of the matrix. */
import type { Emulator } from "../../../testkit/emulator";
import { defaultNamed } from "../../contract/harness";
import type { Kind } from "../../contract/kinds";
import type { Props } from "../../contract/values";
import { type Request, requestsOf } from "./requests";
import { isBatch, isEdge, type Subject } from "./subjects";

/** The state that an operation begins with. */
export interface Scene {
  readonly emulator: Emulator;
  readonly kind: Kind;
  readonly name: string;
}

export interface Operation {
  readonly title: string;
  /** Which subjects have it; all by default. */
  has?(subject: Subject): boolean;
  requests(subject: Subject): readonly Request[];
  readonly act: "up" | "refresh" | "destroy";
  /** The program that made what is there; without it there is nothing. */
  before?(kind: Kind, name: string): Props;
  /** Changes at the service before the operation, unknown to the program. */
  meanwhile?(scene: Scene): void;
  /** The state does not know of what is there. */
  readonly forgotten?: true;
  /** The program of the operation, and of the `up` that follows. */
  program(kind: Kind, name: string, made: readonly string[]): Props;
  /** Configuration beside region and endpoints. */
  readonly login?: "password" | "token alone";
  readonly sources?: number;
  /** Lasting faults say no more than in a like operation. */
  readonly passingOnly?: true;
  /** A given name is not resumed: the user decides. */
  readonly given?: true;
  /** The state that the service must show in the end. */
  readonly live?: (scene: Scene, id: string) => boolean;
}

const notEdge = (subject: Subject): boolean => !isEdge(subject);
const notBatch = (subject: Subject): boolean => !isBatch(subject);
const updatable = ({ kind }: Subject): boolean => kind.operations.update !== undefined;

const plainly = (kind: Kind, name: string): Props => defaultNamed(kind.program(name));
const desiring =
  (desiredState: "running" | "stopped") =>
  (kind: Kind, name: string): Props =>
    defaultNamed(kind.program(name, { desiredState }));
const described = (kind: Kind, name: string): Props =>
  defaultNamed(kind.program(name, { description: "new" }));

/** States of the task, or of all sub-tasks. */
function statesOf({ emulator }: Scene, id: string): string[] {
  const tasks = emulator.tasks().filter((task) => task.id === id || task["batch_id"] === id);
  return tasks.map(({ state }) => state);
}
const stands = (wanted: string) => (scene: Scene, id: string) =>
  statesOf(scene, id).every((state) => state === wanted);

function isDescribed({ emulator }: Scene, id: string): boolean {
  const found = [...emulator.tasks(), ...emulator.batches()].find((task) => task.id === id);
  return found?.["description"] === "new";
}

const removeAll = ({ emulator, kind, name }: Scene): void => {
  for (const id of kind.made(emulator, name)) kind.remove(emulator, id);
};
const stopAll = ({ emulator, kind, name }: Scene): void => {
  for (const id of kind.made(emulator, name)) kind.setState(emulator, id, "STOPPED");
};

/** Requests by subject: batches are looked at by lists. */
const rows =
  (tasks: readonly string[], batches: readonly string[] = tasks) =>
  (subject: Subject): Request[] =>
    requestsOf(...(isBatch(subject) ? batches : tasks));

export const OPERATIONS: readonly Operation[] = [
  {
    title: "create",
    requests: rows(["list", "create", "show"], ["list", "create", "list 2", "subTasks", "show"]),
    act: "up",
    program: plainly,
  },
  {
    title: "create with a given name",
    has: notEdge,
    requests: rows(["create", "show"], ["create", "list 2"]),
    act: "up",
    program: (kind, name) => kind.program(name),
    given: true,
    passingOnly: true,
  },
  {
    title: "create of two inputs",
    has: (subject) => notBatch(subject) && notEdge(subject),
    requests: rows(["create", "list 2", "show"]),
    act: "up",
    sources: 2,
    program: (kind, name) => defaultNamed({ ...kind.program(name), ...kind.sources(2) }),
    passingOnly: true,
  },
  {
    title: "create with a password",
    has: notEdge,
    requests: rows(["token"]),
    act: "up",
    login: "password",
    program: plainly,
  },
  {
    title: "create without a project id",
    has: notEdge,
    requests: rows(["projects"]),
    act: "up",
    login: "token alone",
    program: plainly,
  },
  {
    title: "create stopped",
    has: notEdge,
    requests: rows(["stop", "show 3"], ["stop", "list 4"]),
    act: "up",
    program: desiring("stopped"),
    live: stands("STOPPED"),
    passingOnly: true,
  },
  {
    title: "create and wait until running",
    has: notEdge,
    requests: rows(["create", "show 2"], ["create", "list 3", "subTasks 2"]),
    act: "up",
    program: (kind, name) => defaultNamed(kind.program(name, { waitFor: "running" })),
    live: stands("RUNNING"),
  },
  {
    title: "read",
    requests: rows(["show"], ["list", "subTasks", "show"]),
    act: "refresh",
    before: plainly,
    program: plainly,
  },
  {
    title: "read of what is gone",
    requests: rows(["show", "list"], ["list", "list 2", "list 3", "list 4"]),
    act: "refresh",
    before: plainly,
    meanwhile: removeAll,
    program: plainly,
  },
  {
    title: "update",
    has: updatable,
    requests: rows(["show", "update", "show 2"], ["list", "subTasks", "show", "update", "list 2"]),
    act: "up",
    before: plainly,
    program: described,
    live: isDescribed,
  },
  {
    title: "start",
    has: notEdge,
    requests: rows(["show", "start", "show 3"], ["list", "start", "list 3"]),
    act: "up",
    before: desiring("stopped"),
    program: desiring("running"),
    live: stands("RUNNING"),
  },
  {
    title: "stop",
    has: notEdge,
    requests: rows(["show", "stop", "show 3"], ["list", "stop", "list 3"]),
    act: "up",
    before: desiring("running"),
    program: desiring("stopped"),
    live: stands("STOPPED"),
  },
  {
    title: "start after drift",
    has: notEdge,
    requests: rows(["start"]),
    act: "up",
    before: plainly,
    meanwhile: stopAll,
    program: desiring("running"),
    live: stands("RUNNING"),
    passingOnly: true,
  },
  {
    title: "adopt",
    has: notEdge,
    requests: rows(["show"], ["list", "subTasks"]),
    act: "up",
    before: plainly,
    forgotten: true,
    program: (kind, name, made) => kind.program(name, { adopt: kind.idFor(made) }),
  },
  {
    title: "adopt with a difference",
    has: updatable,
    requests: rows(["update"]),
    act: "up",
    before: plainly,
    forgotten: true,
    program: (kind, name, made) => kind.program(name, { adopt: kind.idFor(made), description: "new" }),
    live: isDescribed,
    passingOnly: true,
  },
  {
    title: "replace",
    has: notEdge,
    requests: rows(["delete", "show", "list", "create"], ["delete", "list", "create"]),
    act: "up",
    before: plainly,
    program: (kind, name) => defaultNamed(kind.program(name, { triggers: ["again"] })),
    passingOnly: true,
  },
  {
    title: "delete",
    requests: rows(["delete", "show", "list"], ["delete", "list", "list 2"]),
    act: "destroy",
    before: plainly,
    program: plainly,
  },
  {
    title: "delete of what is gone",
    has: notEdge,
    requests: rows(["delete", "list"]),
    act: "destroy",
    before: plainly,
    meanwhile: removeAll,
    program: plainly,
    passingOnly: true,
  },
];
