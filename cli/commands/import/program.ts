/** The TypeScript program that declares existing tasks. */
import { argumentsOf, toFillIn, type Declaration } from "./declaration";
import { construction, oneLine } from "./printer";

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
  const declarations = tasks.map((declaration) => {
    const { definition } = declaration.resourceType;
    const title = oneLine(`// ${definition.type} ${declaration.task.id}`);
    const missing = toFillIn(declaration);
    const todo = missing.length === 0 ? [] : [oneLine(`// To fill in: ${missing.join(", ")}`)];
    return [
      ...[title, ...todo].map((line) => indent + line),
      construction(`va.${definition.type}`, declaration.name, argumentsOf(declaration), options, indent),
    ].join("\n");
  });
  const body = declarations.join("\n\n");
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
