/** Effects of a change of an argument on a resource, as sentences for an editor. */
import type { CatalogEntry } from "../provider/services/catalog";

const REPLACES = "A change replaces the resource.";
const UPDATES = "A change is an update in place.";
const RECORDED = "A change replaces nothing.";
const UPDATES_ALONE =
  "A change is an update in place where there is one input before and after, else it replaces the resource.";

/**
 * Of an argument, and of all that is inside of it.
 *
 * @param key a top-level argument of the resource
 */
export function changeText({ immutable, updatable, updatableAlone }: CatalogEntry, key: string): string {
  if (immutable.includes(key)) return REPLACES;
  if (updatableAlone.includes(key)) return UPDATES_ALONE;
  return updatable.includes(key) ? UPDATES : RECORDED;
}

/** The region of a provider is that of the resources which name none themselves. */
export const providerChangeText = (key: string): string =>
  key === "region" ? "A change replaces the resources that take their region from here." : RECORDED;
