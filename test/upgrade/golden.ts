/** Golden states: what a version of the package recorded, and the emulator's world that the record is of. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { ExportedStack } from "../../tools/engine";
import { parseStartup, type Startup } from "../../testkit/emulator";
import type { Program } from "../scenarios/program";
import { REPOSITORY } from "../scenarios/support";

/** A folder a version; in it for each resource a state, as `pulumi stack export` writes it, and in worlds/ its world. */
export const GOLDEN = path.join(REPOSITORY, "test", "upgrade", "golden");

/** Encrypts the secrets of all golden states. */
export const PASSPHRASE = "golden";

/** Stands in the files for the address of the emulator, which is another each time. */
export const ADDRESS = "http://127.0.0.1:8080";

/** The programs and the service behind a recorded state. */
export interface World {
  /** The program that was run last, and a change of it that updates every resource. */
  readonly program: Program;
  readonly changed: Program;
  /** Content of a start-up file for the emulator: after it the recorded ids exist. */
  readonly startup: unknown;
}

export interface Golden extends World {
  readonly startup: Startup;
  readonly version: string;
  readonly file: string;
  readonly stack: string;
}

export const stateFile = (version: string, name: string): string =>
  path.join(GOLDEN, version, `${name}.json`);
export const worldFile = (version: string, name: string): string =>
  path.join(GOLDEN, version, "worlds", `${name}.json`);

export function allGolden(): readonly Golden[] {
  return readdirSync(GOLDEN).flatMap((version) =>
    readdirSync(path.join(GOLDEN, version))
      .filter((name) => name.endsWith(".json"))
      .map((name) => {
        const file = name.replace(/\.json$/, "");
        const world = JSON.parse(readFileSync(worldFile(version, file), "utf8")) as World;
        const stack = readFileSync(stateFile(version, file), "utf8");
        return { ...world, startup: parseStartup(world.startup), version, file, stack };
      }),
  );
}

/** The state with the emulator's address of today. */
export function stackAt({ stack }: Golden, url: string): ExportedStack {
  return JSON.parse(stack.replaceAll(ADDRESS, url)) as ExportedStack;
}

/**
 * States of a released version are what users have: they are never written again.
 * @param changelog names the versions that were published
 */
export function refuseReleased(version: string, changelog = readChangelog()): void {
  if (!existsSync(path.join(GOLDEN, version)) || !changelog.includes(`\n## [${version}]`)) return;
  throw new Error(`${version} is released: its states are what users have. Raise the version first.`);
}

const readChangelog = (): string => readFileSync(path.join(REPOSITORY, "CHANGELOG.md"), "utf8");
