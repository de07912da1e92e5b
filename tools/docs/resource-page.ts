/** `docs/reference/<resource>.md`: arguments and outputs of one resource. */
import type { Resource } from "../../provider/services/resource";
import { fenced, resourcePrograms } from "../examples/programs";
import { argumentTables } from "./argument-tables";
import { GENERATED } from "./markdown";
import { outputTables } from "./output-tables";

const LEGEND = `- **a change** of the argument, or of a field in it: \`replaces\` the resource, \`updates\` it in place by one call for each task,
  \`starts or stops\` the tasks, or \`is recorded\` without a call that writes. A replacement deletes the old task first; where the
  name, the service or the region changes too, it creates the new one first.
- **drift**: whether a refresh compares it. [Drift checks](drift.md) says why.
- Every level takes outputs of other resources, except the \`type\` of an input.
- Arguments without a source are this package's own.
`;

/** The first language is open to see, the others unfold; the emulator has what they name. */
function examples(resource: Resource): string {
  const [first, ...others] = resourcePrograms(resource).map(
    (program) => [program.title, fenced(program)] as const,
  );
  const folded = others.map(
    ([title, block]) => `\n<details><summary>${title}</summary>\n\n${block}\n</details>\n`,
  );
  return `${first?.[1] ?? ""}${folded.join("")}`;
}

export function resourcePage(resource: Resource): string {
  const { definition, outputs, introduction, documents } = resource;
  const sources = documents.map(([title, url]) => `- [${title}](${url})\n`).join("");
  const names = new Set(Object.keys(definition.arguments.shape));
  return `${GENERATED}
# ${definition.type}

${introduction}
Source documents:

${sources}
## Example

${examples(resource)}
## Arguments

${LEGEND}
${argumentTables(resource)}
## Outputs

Every argument is an output too; \`name\` and \`region\` then have a value also where the program gave none. What the service does
not say is undefined. \`taskId\` is the first of \`taskIds\`.

${outputTables(outputs, names)}`;
}
