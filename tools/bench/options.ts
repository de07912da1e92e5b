/** The command line of the bench. */
import { parseArgs } from "node:util";

export const GROUPS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type Group = (typeof GROUPS)[number];

export interface Options {
  readonly groups: readonly Group[];
  /** Numbers of resources. */
  readonly sizes: readonly number[];
  /** Rounds of every comparison; undefined leaves it to the size. */
  readonly rounds: number | undefined;
  /** Undefined takes the CLI where there is one. */
  readonly engine: "cli" | "standin" | undefined;
  /** Where the figures are written as JSON. */
  readonly json: string;
}

/** A wrong command line; its message is for the user. */
export class OptionError extends Error {}

/** Sizes of the published targets, and a small one that shows what does not depend on the size. */
const DEFAULT_SIZES = "10,200,1000";
const DEFAULT_JSON = ".bench/results.json";

export const HELP = `Usage: npm run bench -- [options]

  --groups 1,3,6      only these groups of figures (docs/performance.md); default: all
  --sizes 10,200      numbers of resources; default: ${DEFAULT_SIZES}
  --rounds N          rounds of every comparison; default: 3, and 1 from 1,000 resources on
  --engine cli|standin  default: the Pulumi CLI where one is on the PATH
  --json FILE         where the figures go as JSON; default: ${DEFAULT_JSON}`;

/** Undefined where help is asked for. */
export function parseOptions(args: readonly string[]): Options | undefined {
  const { values } = parsed(args);
  if (values.help === true) return undefined;
  return {
    groups: numbers("--groups", values.groups).map(asGroup),
    sizes: numbers("--sizes", values.sizes).sort((a, b) => a - b),
    rounds: values.rounds === undefined ? undefined : numbers("--rounds", values.rounds)[0],
    engine: values.engine === undefined ? undefined : asEngine(values.engine),
    json: values.json,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        groups: { type: "string", default: GROUPS.join() },
        sizes: { type: "string", default: DEFAULT_SIZES },
        rounds: { type: "string" },
        engine: { type: "string" },
        json: { type: "string", default: DEFAULT_JSON },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new OptionError(error instanceof Error ? error.message : String(error));
  }
}

function numbers(option: string, text: string): number[] {
  const found = text.split(",").map(Number);
  if (found.every((value) => Number.isSafeInteger(value) && value > 0)) return [...new Set(found)];
  throw new OptionError(`${option} ${text}: give whole numbers greater than 0, separated by commas`);
}

function asGroup(value: number): Group {
  const group = GROUPS.find((known) => known === value);
  if (group === undefined) throw new OptionError(`--groups ${value}: there are ${GROUPS.join(", ")}`);
  return group;
}

function asEngine(value: string): "cli" | "standin" {
  if (value !== "cli" && value !== "standin") throw new OptionError(`--engine ${value}: give cli or standin`);
  return value;
}

/** From this number of resources on a round takes minutes, and noise has less part in it. */
const LARGE = 1000;
const ROUNDS = 3;

/** How many rounds a comparison of that size takes. */
export function roundsFor({ rounds }: Pick<Options, "rounds">, size: number): number {
  return rounds ?? (size >= LARGE ? 1 : ROUNDS);
}
