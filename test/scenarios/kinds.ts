/** The three resource classes, for scenarios that run over all of them. */
import type { Emulator, JsonObject } from "../../testkit/emulator";
import { batchArgs, iefArgs, jobArgs, type Program, type TaskClass, type TaskOptions } from "./program";

export interface Kind {
  /** Name of its resource in programs that have one of each class. */
  readonly name: "task" | "batch" | "job";
  readonly type: TaskClass;
  /** Arguments that the emulator accepts, also with `desiredState`. */
  readonly args: (more?: JsonObject) => JsonObject;
  /** Operations of the service, by the emulator's names; ModelArts has no update. */
  readonly operations: Readonly<Record<"create" | "delete" | "start" | "stop", string>> & { update?: string };
  /** Changes an object as another client would. */
  readonly edit: (emulator: Emulator, id: string, patch: JsonObject) => void;
  readonly remove: (emulator: Emulator, id: string) => void;
}

const operationsOn = (object: string): Kind["operations"] => ({
  create: `create${object}`,
  update: `update${object}`,
  delete: `delete${object}`,
  start: `start${object}`,
  stop: `stop${object}`,
});

export const KINDS: readonly Kind[] = [
  {
    name: "task",
    type: "ServiceTask",
    args: iefArgs,
    operations: {
      create: "createServiceTask",
      delete: "deleteServiceTask",
      start: "startServiceTask",
      stop: "stopServiceTask",
    },
    edit: (emulator, id, patch) => emulator.editTask(id, patch),
    remove: (emulator, id) => emulator.removeTask(id),
  },
  {
    name: "batch",
    type: "BatchTask",
    args: batchArgs,
    operations: operationsOn("BatchTask"),
    edit: (emulator, id, patch) => emulator.editBatch(id, patch),
    remove: (emulator, id) => emulator.removeBatch(id),
  },
  {
    name: "job",
    type: "VideoAnalysisJob",
    args: jobArgs,
    operations: { ...operationsOn("Task"), create: "createTasks" },
    edit: (emulator, id, patch) => emulator.editTask(id, patch),
    remove: (emulator, id) => emulator.removeTask(id),
  },
];

/** A program with one resource of each class; options are the same for all. */
export function oneOfEach(args: (kind: Kind) => JsonObject, options: TaskOptions = {}): Program {
  return {
    tasks: Object.fromEntries(
      KINDS.map((kind) => [kind.name, { type: kind.type, args: kind.args(args(kind)), options }]),
    ),
  };
}

/** `same batch`, `same job`, `same task`: what is expected of all, sorted. */
export const each = (op: string): string[] => KINDS.map(({ name }) => `${op} ${name}`).sort();
