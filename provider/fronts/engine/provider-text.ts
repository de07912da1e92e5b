/** The text by which the engine loads a dynamic resource, which it keeps among the resource's own properties. */
import type { PropertyMap } from "../../common/json";

export const PROVIDER_KEY = "__provider";

export function withoutProvider(bag: PropertyMap): Record<string, unknown> {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => key !== PROVIDER_KEY));
}
