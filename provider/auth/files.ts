/** Reading the files of a user's other tools. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { messageOf, VideoAnalysisError } from "../common/errors";
import { getAt, type Bag, type Path } from "../common/json";
import type { Environment } from "./configuration";

/** The user's home directory, where the environment has one: nothing else is taken for it. */
export function homeOf(env: Environment): string | undefined {
  return [env["HOME"], env["USERPROFILE"]].find((home) => home !== undefined && home !== "");
}

/** Where a user's configuration files are (XDG Base Directory Specification). */
export function configurationHome(env: Environment): string | undefined {
  const given = env["XDG_CONFIG_HOME"] ?? "";
  const home = homeOf(env);
  return given !== "" ? given : home === undefined ? undefined : path.join(home, ".config");
}

/** @param what the file for a message. Throws `CONFIGURATION`. */
export function readText(file: string, what: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${what} cannot be read: ${messageOf(error)}. Correct its path or its permissions.`,
      { cause: error },
    );
  }
}

/** A text of a file's content; an empty one is none. */
export function textAt(content: Bag, place: Path): string | undefined {
  const value = getAt(content, place);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
