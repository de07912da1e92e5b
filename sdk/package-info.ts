/** Names that are fixed for ever, since recorded states contain them, and this package's own version. */
import { readFileSync } from "node:fs";
import { CONFIGURATION_NAMESPACE } from "../provider/services/configuration";
import type { ResourceName } from "../provider/services/resource-names";
import { version } from "pulumi-video-analysis/package.json";

export const PACKAGE = "pulumi-video-analysis";
/** Version of the copy that the program imported. */
export const VERSION: string = version;
/** Subpath that the provider process loads. */
export const RUNTIME = `${PACKAGE}/runtime`;
/** Namespace of the stack configuration and prefix of the type tokens. */
export const NAMESPACE = CONFIGURATION_NAMESPACE;
/** Package of Pulumi's own dynamic provider, which every resource here belongs to. */
export const DYNAMIC_PACKAGE = "pulumi-nodejs";

export const typeToken = (name: ResourceName): string => `${DYNAMIC_PACKAGE}:dynamic/${NAMESPACE}:${name}`;

/** The program text that the engine stores with each resource; its three forms are an ABI. */
export const providerText = (name: ResourceName): string =>
  `exports.handler=()=>require("${RUNTIME}").${name}`;

/** Reads the `version` of a package.json; undefined when there is none to read. */
export function versionOf(packageJson: string): string | undefined {
  const content: unknown = JSON.parse(readFileSync(packageJson, "utf8"));
  if (typeof content !== "object" || content === null || !("version" in content)) return undefined;
  return typeof content.version === "string" ? content.version : undefined;
}
