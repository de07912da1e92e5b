/** `video-analysis ls`: its options. */
import { Argument, type Command, InvalidArgumentError } from "commander";
import { addColorOptions, type ColorOptions } from "../../output/options";
import { addNotes } from "../../common/help-notes";
import { addNamedStackOptions, collect, type StackOptions } from "../../stack/options";

export const LIST_KINDS = [
  "services",
  "service-tasks",
  "batch-tasks",
  "jobs",
  "video-groups",
  "video-sources",
  "user-services",
  "edge-pools",
] as const;
export type ListKind = (typeof LIST_KINDS)[number];

/** Tasks of all kinds. */
export const ALL = "all";

export interface LsOptions extends ColorOptions, Omit<StackOptions, "state"> {
  readonly service?: string;
  readonly name?: string;
  readonly state?: string;
  readonly filter: readonly string[];
  readonly details: boolean;
  readonly limit?: number;
  readonly json: boolean;
}

function limit(text: string): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value > 0) return value;
  throw new InvalidArgumentError("Expected a whole number from 1.");
}

/** @param run gets what to list, and the options */
export function defineLs(
  program: Command,
  run: (what: ListKind | typeof ALL, options: LsOptions) => Promise<void>,
): void {
  const command = program
    .command("ls")
    .summary("list what the services have: tasks, and the ids that tasks are made of")
    .description(
      "Lists what the services have, with the ids that programs and `adopt` take. Changes nothing.",
    )
    .addArgument(
      new Argument("[what]", "kind of things; all: tasks of every kind")
        .choices([ALL, ...LIST_KINDS])
        .default(ALL),
    )
    .option("--service <service>", "id or name of the ModelArts service, name of the VAS service (jobs)")
    .option("--name <text>", "only names with this text in them")
    .option("--state <state>", "only this state, in the service's own words")
    .option(
      "--filter <argument=value>",
      "any argument of the lookup function, repeatable; commas separate the parts of a list",
      collect,
      [],
    )
    .option("--details", "ask for each batch or algorithm by itself too (batch-tasks, user-services)", false)
    .option("--limit <n>", "most entries", limit)
    .option("--json", "entries as JSON, secrets masked", false);
  addNamedStackOptions(command);
  addNotes(addColorOptions(command).action(run), {
    examples: [
      "--stack prod",
      "services --state running",
      "service-tasks --service face-detect --filter platform=ief --state failed",
      "video-sources --filter groupIds=group-1,group-2 --filter statuses=offline --json",
    ],
    exitStatus: "0 also where there is nothing, 1 where the service could not be asked.",
    guide: "lookups.md",
  });
}
