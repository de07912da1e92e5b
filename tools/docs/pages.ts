/** All files of `docs/reference`, by their names: the pages, and the package schema of the plugin. */
import { RESOURCES } from "../../provider/services";
import type { Resource } from "../../provider/services/resource";
import { readManifest } from "../package-schema/manifest";
import { packageSchemaText } from "../package-schema/package-schema";
import { driftPage } from "./drift-page";
import { lookupsPage } from "./lookups-page";
import { providerPage } from "./provider-page";
import { resourcePage } from "./resource-page";

/** File name to text; the same schemas always give the same pages. */
export function referencePages(
  resources: Readonly<Record<string, Resource>> = RESOURCES,
): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(resources).map(
      ([name, resource]) => [`${kebabCase(name)}.md`, resourcePage(resource)] as const,
    ),
    ["lookups.md", lookupsPage()],
    ["provider.md", providerPage()],
    ["drift.md", driftPage(resources)],
    ["package-schema.json", schemaOfNoVersion()],
  ]);
}

/** A release adds its version and its repository: the file changes with the declarations alone. */
function schemaOfNoVersion(): string {
  const { license, keywords } = readManifest();
  return packageSchemaText({ license, keywords });
}

const kebabCase = (name: string): string => name.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
