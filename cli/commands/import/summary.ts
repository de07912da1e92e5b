/** The summary: what was found, and what is left to fill in. */
import { countOf } from "../../common/wording";
import { formatPath } from "../../../provider/common/json";
import { table } from "../../output/terminal";
import { toAdd, toFillIn, type Declaration } from "./declaration";
import type { ImportOptions, Platforms } from "./options";
import { platformOf } from "./platforms";
import { oneLine } from "./printer";
import type { Step } from "./next-steps";
import { labelOf, type Selection } from "./selection";

/** Names that a line shows of many resources with the same left to do. */
const SHOWN = 3;

export function summaryOf(
  tasks: readonly Declaration[],
  { owned, leaving }: Selection,
  {
    language,
    outFile,
    program,
    platform,
    lost,
  }: Pick<ImportOptions, "language" | "outFile" | "program" | "platform"> & {
    readonly lost: string | undefined;
  },
): string {
  const isWritten = language === "typescript";
  const hasSecrets = isWritten && tasks.some(({ secrets }) => secrets.some(({ known }) => known));
  const rows = tasks.map(({ resourceType, name, task }) => [
    `  ${resourceType.definition.type}`,
    name,
    oneLine(task.id),
  ]);
  return [
    `${countOf(tasks.length, "resource")}:`,
    ...table(rows),
    ...list("The stack has already", owned.map(labelOf)),
    ...list("Being deleted, left out", leaving),
    "",
    `Wrote ${outFile}${hasSecrets ? ", which holds secrets and only you may read: delete it after the import" : ""}.`,
    ...(isWritten ? [`Wrote ${program}.`] : []),
    ...(lost === undefined ? [] : ["", lost]),
    ...missing(tasks, program, isWritten),
    ...(isWritten ? unplaced(tasks, platform) : []),
    "",
  ].join("\n");
}

const list = (title: string, items: readonly string[]): string[] =>
  items.length === 0 ? [] : ["", `${title}:`, ...items.map((item) => `  ${oneLine(item)}`)];

function missing(tasks: readonly Declaration[], program: string, isWritten: boolean): string[] {
  const lines = (of: (task: Declaration) => readonly string[]): string[] => {
    const byText = new Map<string, string[]>();
    for (const task of tasks) {
      const text = of(task).join(", ");
      const { type } = task.resourceType.definition;
      if (text !== "") byText.set(`${type} ${text}`, [...(byText.get(`${type} ${text}`) ?? []), task.name]);
    }
    return [...byText].map(([key, names]) => {
      const [type = "", ...words] = key.split(" ");
      const text = words.join(" ");
      if (names.length === 1) return `${type} ${names.join("")}: ${text}`;
      const more = names.length > SHOWN ? [...names.slice(0, SHOWN), "…"] : names;
      return `${names.length} of ${type}: ${text} (${more.join(", ")})`;
    });
  };
  return [
    ...list(
      isWritten
        ? "No call returns these; fill them in as the steps below say, or give them by --values"
        : `No call returns these; add them to ${program}, which \`pulumi import\` writes`,
      lines(toFillIn),
    ),
    ...(isWritten
      ? list(
          "Other lists have these, which the program says; check them",
          lines(({ task }) => task.derived.map(({ path }) => formatPath(path))),
        )
      : []),
    ...list("No call returns these, and they are optional; add them where the tasks have them", lines(toAdd)),
    ...list(
      "The documents do not have these as the service shows them; look at the preview",
      lines(({ task }) => task.problems.map(({ path, reason }) => `${formatPath(path)} (${reason})`)),
    ),
  ];
}

/** Asks for the platform of services without one: its checks do not run, and a replacement may be refused half way. */
function unplaced(tasks: readonly Declaration[], platforms: Platforms): string[] {
  const services = tasks.flatMap(({ resourceType: { definition }, task }) =>
    definition.type === "ServiceTask" ? [String(definition.parseId(task.id).args.serviceId)] : [],
  );
  const open = [...new Set(services)].filter((service) => platformOf(service, platforms) === undefined);
  return list(
    "On which platform do these services run? No call says it. Run this again with --force and, for each",
    open.map((service) => `--platform ${service}=edge   (or =ief)`),
  );
}

/** The same for programs. */
export const summaryJson = (
  tasks: readonly Declaration[],
  { owned, leaving }: Selection,
  { outFile, program }: Pick<ImportOptions, "outFile" | "program">,
  next: readonly Step[],
): unknown => ({
  resources: tasks.map((declaration) => ({
    type: declaration.resourceType.definition.type,
    name: declaration.name,
    id: declaration.task.id,
    missing: toFillIn(declaration),
    optional: toAdd(declaration),
    derived: declaration.task.derived.map(({ path }) => formatPath(path)),
    secrets: declaration.secrets.map(({ key }) => key),
  })),
  owned: owned.map(labelOf),
  leaving,
  files: { import: outFile, program },
  next: next.map(({ text, commands = [], after = [] }) => ({
    text: [...text, ...after].join(" "),
    commands,
  })),
});
