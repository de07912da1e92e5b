/** The provider plugin that the package carries. */
import { createRequire } from "node:module";
import path from "node:path";
import { PLUGIN_PACKAGE } from "../../provider/services/configuration";

/** The program that the CLI starts: on Windows it looks for the same name with `.cmd`. */
export const LAUNCHER = `pulumi-resource-${PLUGIN_PACKAGE}`;

export const PLUGIN_FOLDER = path.resolve(
  createRequire(__filename).resolve("pulumi-video-analysis/package.json"),
  "../dist/plugin",
);
