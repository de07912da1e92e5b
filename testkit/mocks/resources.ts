/** The resources that the mocks know. */
import { RESOURCES } from "../../provider/services";
import type { Resource } from "../../provider/services/resource";

const MODULE = "pulumi-nodejs:dynamic/video-analysis:";

export const PROVIDER_TYPE = "pulumi:providers:pulumi-nodejs";

/** The resource of a type token; undefined where it is not one of this package. */
export const resourceOf = (token: string): Resource | undefined =>
  Object.values<Resource>(RESOURCES).find(({ definition }) => token === `${MODULE}${definition.type}`);
