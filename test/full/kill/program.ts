/** The program whose runs are killed, and what the next run may ask of its user. */
import type { JsonObject } from "../../../testkit/emulator";
import { batchArgs, edgeArgs, iefArgs, jobArgs, type Program, tasksOf } from "../../scenarios/program";

/** Ids that the resources of these names adopt. */
export type Adoptions = Readonly<Record<string, string>>;

export function program(adoptions: Adoptions = {}): Program {
  const adopting = (name: string): JsonObject => {
    const adopt = adoptions[name];
    return adopt === undefined ? {} : { adopt };
  };
  return {
    tasks: {
      ...tasksOf({
        crossing: edgeArgs(adopting("crossing"), "north", "south"),
        archive: iefArgs(),
        given: iefArgs({ name: "given-name", ...adopting("given") }),
      }).tasks,
      site: { type: "BatchTask", args: batchArgs(adopting("site")) },
      yard: { type: "VideoAnalysisJob", args: jobArgs({}, "yard", "gate") },
    },
  };
}
/** Those that a run may ask about: with a given name, or with arguments that no read shows. */
const ASKED = /NAME_TAKEN: a task named "(given|crossing|site)-[^"]*" exists already[^]*?adopt: "([^"]+)"/g;
/** How many tasks each resource has; a batch counts as one. */
export const TASKS: Readonly<Record<string, number>> = {
  crossing: 2,
  archive: 1,
  given: 1,
  site: 1,
  yard: 2,
};

/** Ids that the errors of a run ask to adopt, by resource; undefined where none of them is new. */
export function asked(errors: string, adoptions: Adoptions): Adoptions | undefined {
  const found = [...errors.matchAll(ASKED)].map(([, name = "", id = ""]) => [name, id] as const);
  const isNew = found.some(([name]) => !(name in adoptions));
  return isNew ? { ...adoptions, ...Object.fromEntries(found) } : undefined;
}
