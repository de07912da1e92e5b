/** The steps that follow an import, with the commands as they are to be run. */
import path from "node:path";
import { PLUGIN_INSTALL } from "../../common/plugin";
import { countOf } from "../../common/wording";
import { markedIn, toFillIn, type Declaration } from "./declaration";
import { programLine } from "./append";
import type { ImportOptions } from "./options";
import type { SecretReference } from "./declaration";

export interface Followed {
  /** The file that the stack's program begins with. */
  readonly entry: string;
  /** Resources that the stack has without the new ones, as `pulumi preview` counts them; undefined without a stack. */
  readonly resources?: number;
}

type StepOptions = Pick<
  ImportOptions,
  "language" | "outFile" | "program" | "protect" | "stack" | "cwd" | "appendTo" | "provider" | "setSecrets"
>;

/** More commands than this are no help. */
const MOST_LINES = 10;

export interface Step {
  readonly text: readonly string[];
  readonly commands?: readonly string[];
  readonly after?: readonly string[];
}

/** A word of a command line as POSIX shells read it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

export function stepsOf(tasks: readonly Declaration[], options: StepOptions, followed: Followed): Step[] {
  if (options.language !== "typescript") return pluginSteps(tasks, options, followed.resources);
  const isMain = path.resolve(options.program) === followed.entry;
  return [
    ...secretSteps(tasks, options),
    importStep(tasks, options),
    ...(isMain ? [] : [programStep(options, followed)]),
    ...fillInStep(tasks, options),
    previewStep(tasks, options, followed.resources),
    { text: ["Delete the file of the import:"], commands: [`rm ${shellWord(options.outFile)}`] },
  ];
}

/** Where the CLI writes the program, by what the plugin reads. */
function pluginSteps(
  tasks: readonly Declaration[],
  options: StepOptions,
  resources: number | undefined,
): Step[] {
  const { outFile, program, protect, cwd } = options;
  const [file, out] = [outFile, program].map((name) => shellWord(path.relative(cwd, name)));
  const command = `import --file ${file} --out ${out}${protect ? "" : " --protect=false"}`;
  return [
    {
      text: ["Install the provider plugin, and the package's SDK in the project, once:"],
      commands: [PLUGIN_INSTALL, "pulumi package add video-analysis"],
    },
    {
      text: [`Record the tasks in the stack, and let the CLI write ${program}. No task is touched:`],
      commands: [pulumi(command, options)],
    },
    {
      text: [
        `Move what ${program} declares into the stack's program; without it, \`pulumi up\` deletes the tasks.`,
        "Secrets are in it as plain text: move them into the stack's configuration.",
      ],
    },
    ...fillInStep(tasks, options),
    previewStep(tasks, options, resources),
    { text: ["Delete the file of the import:"], commands: [`rm ${shellWord(outFile)}`] },
  ];
}

/** Lines that end in a line break. */
export function nextSteps(steps: readonly Step[]): string {
  const lines = steps.flatMap(({ text, commands = [], after = [] }, index) => [
    ...text.map((line, at) => `  ${at === 0 ? `${index + 1}.` : "  "} ${line}`),
    ...commands.map((line) => `       ${line}`),
    ...after.map((line) => `     ${line}`),
  ]);
  return `${["", "Next:", ...lines].join("\n")}\n`;
}

function pulumi(rest: string, { stack, cwd }: StepOptions): string {
  const where = [
    ...(cwd === "." ? [] : [`--cwd ${shellWord(cwd)}`]),
    ...(stack === undefined ? [] : [`--stack ${shellWord(stack)}`]),
  ];
  return ["pulumi", rest, ...where].join(" ");
}

function secretSteps(tasks: readonly Declaration[], options: StepOptions): Step[] {
  const all = tasks.flatMap(({ secrets }, index) => secrets.map((secret) => ({ index, secret })));
  const shown = all.filter(({ secret }) => secret.known && !options.setSecrets);
  const hidden = all.filter(({ secret }) => !secret.known);
  const set = (key: string): string => pulumi(`config set --secret ${key}`, options);
  const reading = ({ index, secret }: (typeof all)[number]): string =>
    `jq -j ${shellWord(queryOf(index, secret))} ${shellWord(options.outFile)} | ${set(secret.key)}`;
  const step =
    shown.length > MOST_LINES && options.stack !== undefined
      ? { text: [`Run this again with --force --set-secrets: the stack gets its ${shown.length} secrets.`] }
      : {
          text: [
            options.stack === undefined
              ? "Put the secrets into the stack's configuration (with --stack, --set-secrets does this):"
              : "Put the secrets into the stack's configuration (--force --set-secrets does this):",
          ],
          commands: shown.map(reading),
        };
  return [
    ...(shown.length === 0 ? [] : [step]),
    ...(hidden.length === 0
      ? []
      : [
          {
            text: ["Set the secrets that no service shows; each line asks for its value:"],
            commands: hidden.map(({ secret: { key } }) => set(key)),
          },
        ]),
  ];
}

/** The value in the import file. */
function queryOf(index: number, { path: at }: SecretReference): string {
  const parts = at.map((part) => `[${JSON.stringify(part)}]`).join("");
  return `.resources[${index}].inputs${parts}.plaintext | fromjson`;
}

function importStep(tasks: readonly Declaration[], options: StepOptions): Step {
  const file = shellWord(path.relative(options.cwd, options.outFile));
  const command = `import --file ${file} --generate-code=false${options.protect ? "" : " --protect=false"}`;
  return {
    text: [`Record the tasks in the stack. No task is touched; it ends with "${tasks.length} imported":`],
    commands: [pulumi(command, options)],
  };
}

function programStep({ program, appendTo, provider }: StepOptions, { entry }: Followed): Step {
  if (appendTo !== undefined) return { text: [`Done: ${appendTo} declares the tasks by ${program}.`] };
  const line = programLine(program, entry);
  const name = path.relative(".", entry);
  const why = "without it, `pulumi up` deletes the tasks";
  if (provider === undefined) {
    return { text: [`Add this line to ${name} (--append-to does this); ${why}:`], commands: [line] };
  }
  return {
    text: [`Call the program in ${name} with the provider ${provider}; ${why}:`],
    commands: [line.replace("import ", "import { declareTasks } from "), "declareTasks(<the provider>);"],
  };
}

/** In TypeScript secrets are in the configuration, and have a step of their own. */
const fillInStep = (tasks: readonly Declaration[], { program, language }: StepOptions): Step[] =>
  tasks.some((task) => (language === "typescript" ? markedIn(task) : toFillIn(task)).length > 0)
    ? [{ text: [`Fill in what is listed above in ${program}.`] }]
    : [];

function previewStep(
  tasks: readonly Declaration[],
  options: StepOptions,
  resources: number | undefined,
): Step {
  const filled = tasks.filter((task) => toFillIn(task).length > 0).length;
  const unchanged =
    resources === undefined
      ? `"unchanged" for ${filled === 0 ? `all ${countOf(tasks.length, "task")}` : "the others"}`
      : `"${resources + tasks.length - filled} unchanged"`;
  return {
    text: ["Compare, before any `pulumi up`:"],
    commands: [pulumi("preview", options)],
    after: [
      filled === 0
        ? `It must say ${unchanged}.`
        : `It must say ${unchanged}, and "${filled} to update" for what was filled in, which no service is sent.`,
      `Does it say "delete", or that a task is protected? Do not run \`pulumi up\`: ` +
        "the stack's program does not declare the tasks.",
      'Does it say "create"? The import has not been run in this stack.',
    ],
  };
}
