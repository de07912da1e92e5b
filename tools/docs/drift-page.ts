/** `docs/reference/drift.md`, from the drift table. */
import type { ResourceDefinition } from "../../provider/core/contract";
import type { Resource } from "../../provider/services/resource";
import { driftRows } from "./drift-table";
import { GENERATED } from "./markdown";

const INTRODUCTION = `${GENERATED}
# Drift checks

What \`pulumi refresh\`, \`pulumi up --refresh\` and [\`video-analysis drift\`](../drift.md) compare with the service, argument by
argument. A test changes each of them at the emulator, and fails where this page says otherwise.

- **drift-checked**: a change at the service shows as exactly this property.
- **write-only**: it is sent, but no read returns it. The recorded value is kept, and changes at the service do not show.
- **never drifts**: there is nothing at the service that could differ.

Fields that no document names, and what else a service adds by itself, are never drift. Of a batch, reads compare one
sub-task, or each with the configuration \`batchDetail: all\`. In \`input<vcn>\`, the angle brackets hold the \`type\` of the input.
`;

/** The page as it should be; the same definitions always give the same text. */
export function driftPage(resources: Readonly<Record<string, Resource>>): string {
  return `${INTRODUCTION}${Object.values(resources)
    .map(({ definition }) => section(definition))
    .join("")}`;
}

function section(definition: ResourceDefinition): string {
  const rows = driftRows(definition).map((row) => `| \`${row.field}\` | ${row.class} | ${row.why} |`);
  return `\n## ${definition.type}\n\n| argument | | why |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}
