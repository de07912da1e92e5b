/** The TypeScript program that declares existing tasks. */
import { countOf } from "../../common/wording";
import { toFillIn, type Declaration } from "./declaration";
import { familiesOf, type Family } from "./families";
import { camelCaseOf, unique } from "./names";
import { construction, listing, Name, oneLine } from "./printer";

export interface ProgramOptions {
  readonly protect: boolean;
  /** The stack's explicit provider that the tasks go under. */
  readonly provider?: string;
}

const HEADER = "// Tasks that existed already, as video-analysis import found them.";

const FILL_IN = `// Stands for what no call returns: replace each use by the value that the task has,
// then remove this.
function fillIn(what: string): never {
  throw new pulumi.RunError(\`fill in \${what}\`);
}`;

export function programOf(tasks: readonly Declaration[], { protect, provider }: ProgramOptions): string {
  const marks = tasks.some(({ task }) => task.unreadable.some(({ required, secret }) => required && !secret));
  const secrets = tasks.some((task) => task.secrets.length > 0);
  const indent = provider === undefined ? "" : "  ";
  const members = [...(provider === undefined ? [] : ["provider"]), ...(protect ? ["protect: true"] : [])];
  const options = members.length === 0 ? undefined : `{ ${members.join(", ")} }`;
  const lists = new Set<string>();
  const body = familiesOf(tasks)
    .map((family) => declared(family, { options, indent, lists }))
    .join("\n\n");
  return [
    [
      HEADER,
      ...(marks || secrets ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
      'import * as va from "pulumi-video-analysis";',
    ].join("\n"),
    ...(secrets ? ["const config = new pulumi.Config();"] : []),
    ...(marks ? [FILL_IN] : []),
    provider === undefined
      ? body
      : `${oneLine(`// Call this with the provider ${JSON.stringify(provider)} of the program.`)}\n` +
        `export function declareTasks(provider: va.Provider): void {\n${body}\n}`,
  ]
    .join("\n\n")
    .concat("\n");
}

interface Place {
  readonly options: string | undefined;
  readonly indent: string;
  /** Names of lists that the program has. */
  readonly lists: Set<string>;
}

/** A construction, or a list and the loop that declares what is in it. */
function declared({ declarations, args, rows }: Family, { options, indent, lists }: Place): string {
  const [first] = declarations;
  if (first === undefined) return "";
  const { type } = first.resourceType.definition;
  const missing = toFillIn(first);
  const todo = missing.length === 0 ? [] : [oneLine(`${indent}// To fill in: ${missing.join(", ")}`)];
  const titleOf = ({ task }: Declaration): string => oneLine(`// ${type} ${task.id}`);
  if (rows.length === 0) {
    const made = construction(`va.${type}`, first.name, { args, options, indent });
    return [indent + titleOf(first), ...todo, made].join("\n");
  }
  const list = camelCaseOf(unique(camelCaseOf(`${type}s`), lists));
  const columns = Object.keys(rows[0] ?? {});
  return [
    `${indent}// ${countOf(rows.length, `resource of ${type}`, `resources of ${type}`)}`,
    listing(
      list,
      rows.map((row, index) => ({ row, comment: titleOf(declarations[index] ?? first) })),
      indent,
    ),
    ...todo,
    `${indent}for (const { ${columns.join(", ")} } of ${list}) {`,
    construction(`va.${type}`, new Name("name"), { args, options, indent: `${indent}  ` }),
    `${indent}}`,
  ].join("\n");
}
