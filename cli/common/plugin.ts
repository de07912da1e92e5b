/** The provider plugin that the package carries. */
import { createRequire } from "node:module";
import path from "node:path";
import { PLUGIN_PACKAGE } from "../../provider/services/configuration";
import { PACKAGE } from "./package-info";

/** Runs in a project without a `node_modules` too, where `npx video-analysis` would ask for a package of that name. */
export const PLUGIN_INSTALL = `npx --package ${PACKAGE} video-analysis plugin install`;

/** The program that the CLI starts: on Windows it looks for the same name with `.cmd`. */
export const LAUNCHER = `pulumi-resource-${PLUGIN_PACKAGE}`;

export const PLUGIN_FOLDER = path.resolve(
  createRequire(__filename).resolve("pulumi-video-analysis/package.json"),
  "../dist/plugin",
);
