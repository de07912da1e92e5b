/** Reading the files of a user's other tools. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { messageOf, VideoAnalysisError } from "../../common/errors";
import { getAt, type PropertyMap, type Path } from "../../common/json";
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

/**
 * A path as a user writes it: `~` is the home directory, and a relative one begins at the program's directory, wherever
 * a command was called.
 */
export function resolvePath(file: string, env: Environment, directory: string): string {
  const home = /^~(?=$|[/\\])/.test(file) ? homeOf(env) : undefined;
  return path.resolve(directory, home === undefined ? file : home + file.slice(1));
}

/** Byte order marks of UTF-16, as PowerShell begins the files that it writes. */
const LITTLE_ENDIAN = Buffer.from([0xff, 0xfe]);
const BIG_ENDIAN = Buffer.from([0xfe, 0xff]);

/** The text of a file in UTF-8 or UTF-16, without its byte order mark. */
export function decodeText(bytes: Buffer): string {
  const [first = 1, second = 1] = bytes;
  // Texts begin with a character of ASCII here, so that its other byte shows UTF-16 that has no mark.
  if (bytes.subarray(0, 2).equals(LITTLE_ENDIAN) || (first !== 0 && second === 0)) {
    return withoutMark(bytes.toString("utf16le"));
  }
  if (bytes.subarray(0, 2).equals(BIG_ENDIAN) || (first === 0 && second !== 0)) {
    // Half a character at the end would be no text in either order.
    return withoutMark(
      Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString("utf16le"),
    );
  }
  return withoutMark(bytes.toString("utf8"));
}

const withoutMark = (text: string): string => text.replace(/^\ufeff/, "");

/** @param what names the file in the error. Throws `CONFIGURATION`. */
export function readText(file: string, what: string): string {
  try {
    return decodeText(readFileSync(file));
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${what} cannot be read: ${messageOf(error)}. Correct its path or its permissions.`,
      { cause: error },
    );
  }
}

/** A text of a file's content; an empty one is none. */
export function textAt(content: PropertyMap, place: Path): string | undefined {
  const value = getAt(content, place);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
