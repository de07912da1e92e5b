/** The provider plugin that the package carries. */
import { createRequire } from "node:module";
import path from "node:path";

/** Its name among the plugins of the Pulumi CLI, and in `plugins` of a project file. */
export const PLUGIN = "video-analysis";

/** The program that the CLI starts: on Windows it looks for the same name with `.cmd`. */
export const LAUNCHER = `pulumi-resource-${PLUGIN}`;

export const PLUGIN_FOLDER = path.resolve(
  createRequire(__filename).resolve("pulumi-video-analysis/package.json"),
  "../dist/plugin",
);
