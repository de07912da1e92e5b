/** Scenarios on the Pulumi CLI with the classes on the provider plugin, which is the packed one of the build. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { REPOSITORY } from "../support";
import { openCli } from "./cli";
import type { OpenDriver } from "./driver";

const PLUGIN = path.join(REPOSITORY, "dist", "plugin");

export const openPlugin =
  (version: string): OpenDriver =>
  (place) => {
    const program = path.join(place.workDir, "tasks.mjs");
    const text = readFileSync(program, "utf8");
    writeFileSync(program, text.replace('"pulumi-video-analysis"', '"pulumi-video-analysis/plugin"'));
    const project = path.join(place.workDir, "Pulumi.yaml");
    const plugins = { providers: [{ name: "video-analysis", path: PLUGIN }] };
    const settings = JSON.parse(readFileSync(project, "utf8")) as object;
    writeFileSync(project, JSON.stringify({ ...settings, plugins }));
    return openCli(version, "plugin")(place);
  };
