/** All pages of `docs/reference`, by their file names. */
import { RESOURCES } from "../../provider/services";
import type { Resource } from "../../provider/services/resource";
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
  ]);
}

const kebabCase = (name: string): string => name.replace(/(?<!^)[A-Z]/g, "-$&").toLowerCase();
