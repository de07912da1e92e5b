/** The resources that the mocks know. */
import { RESOURCES } from "../../provider/services";
import type { Resource } from "../../provider/services/resource";

export type Kind = Resource;

const KINDS: readonly Kind[] = Object.values(RESOURCES);

const MODULE = "pulumi-nodejs:dynamic/video-analysis:";

export const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** The resource of a type token; undefined where it is not one of this package. */
export function kindOf(token: string): Kind | undefined {
  return KINDS.find(({ definition }) => token === `${MODULE}${definition.type}`);
}
