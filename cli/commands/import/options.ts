/** `video-analysis import`: its options. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Platform } from "../../../provider/services/service-task/schema";
import { addNotes } from "../../common/help-notes";
import { addStackOptions, collect, type StackOptions } from "../../stack/options";

/** Spelled out, for the schemas are loaded with the command only. */
const PLATFORMS: readonly Platform[] = ["edge", "ief"];

/** By the id of the service; the empty text stands for every other one. */
export type Platforms = Readonly<Record<string, Platform>>;

/** `edge`, or `<serviceId>=edge`. */
function collectPlatform(text: string, earlier: Platforms): Platforms {
  const [, service = "", word = ""] = /^(?:(.+)=)?(.*)$/s.exec(text) ?? [];
  const platform = PLATFORMS.find((known) => known === word);
  if (platform !== undefined) return { ...earlier, [service]: platform };
  throw new InvalidArgumentError(
    `Expected ${PLATFORMS.join(" or ")}, or <serviceId>=${PLATFORMS.join("|")}.`,
  );
}

/** The file of the program, by its language. TypeScript is written here, the others by `pulumi import`. */
const PROGRAMS = {
  typescript: "imported-tasks.ts",
  python: "imported_tasks.py",
  go: "imported_tasks.go",
  yaml: "imported-tasks.yaml",
} as const;
export type Language = keyof typeof PROGRAMS;

export interface ImportOptions extends StackOptions {
  /** Services of `ServiceTask`, by id. */
  readonly service: readonly string[];
  /** Services of `VideoAnalysisJob`, by name. */
  readonly serviceName: readonly string[];
  readonly batches: boolean;
  readonly all: boolean;
  /** Names with `*` and `?`; none stands for every name. */
  readonly name: readonly string[];
  readonly id: readonly string[];
  readonly language: Language;
  readonly platform: Platforms;
  readonly provider?: string;
  readonly values?: string;
  readonly setSecrets: boolean;
  readonly appendTo?: string;
  readonly protect: boolean;
  readonly outFile: string;
  readonly program: string;
  readonly force: boolean;
  readonly json: boolean;
}

/** @param run gets the options */
export function defineImport(program: Command, run: (options: ImportOptions) => Promise<void>): void {
  const command = program
    .command("import")
    .summary("bring existing tasks into a stack")
    .description(
      "Writes a file for `pulumi import` and the program that declares the same tasks. Only reads from the services. " +
        "What the stack of --stack or --state has already is left out.",
    )
    .option("--service <id>", "tasks of a ModelArts service (ServiceTask), repeatable", collect, [])
    .option("--service-name <name>", "jobs of a VAS service (VideoAnalysisJob), repeatable", collect, [])
    .option("--batches", "batches of the project (BatchTask)", false)
    .option(
      "--all",
      "all of these: ModelArts services are listed, VAS services only as far as options or the stack name them",
      false,
    )
    .option("--name <pattern>", "only tasks of this name, with * and ?; repeatable", collect, [])
    .option("--id <id>", "one resource by its id, [<Type>:]<id>; repeatable", collect, []);
  addStackOptions(command)
    .addOption(
      new Option(
        "--language <language>",
        "language of the program; all but typescript need the provider plugin",
      )
        .choices(Object.keys(PROGRAMS))
        .default("typescript"),
    )
    .option("--provider <name>", "explicit provider of the stack that the tasks go under")
    .option(
      "--platform <[service=]platform>",
      "`platform` of every ServiceTask, or of those of one service: edge or ief; repeatable",
      collectPlatform,
      {},
    )
    .option("--values <file>", 'what no call returns, by id, "<service>/*" or "*": YAML or JSON')
    .option("--set-secrets", "set the secrets that the services show in the stack's configuration", false)
    .option("--append-to <file>", "the stack's program: it gets the line that declares the tasks")
    .option("--no-protect", "leave out `protect`, which pulumi import sets by default")
    .option("--out-file <file>", "the import file", "import.json")
    .option(
      "--program <file>",
      `the program (default: "${PROGRAMS.typescript}", or the like of the language)`,
    )
    .option("--force", "overwrite these files", false)
    .option("--json", "the summary and the next steps as JSON", false)
    .action((options: Omit<ImportOptions, "program"> & { readonly program?: string }) =>
      run({ ...options, program: options.program ?? PROGRAMS[options.language] }),
    );
  addNotes(command, {
    examples: [
      "--service 2a2db77f-0000-0000-0000-608a31865313 --config-file Pulumi.prod.yaml",
      '--service-name face-recognition --name "entrance-*" --stack prod',
      "--all --stack prod --platform 2a2db77f-0000-0000-0000-608a31865313=edge --append-to index.ts",
      "--all --stack prod --language python",
      "--id ServiceTask:2a2db77f-0000-0000-0000-608a31865313/01a2,01a3",
    ],
    exitStatus: "0 complete, 3 something is left to fill in, 1 failed.",
    guide: "existing-tasks.md",
  });
}
