/** Warns once of configuration that does not do what its keys say. */
import * as pulumi from "@pulumi/pulumi";
import { CONFIGURATION, whySharedNamespace } from "../provider/services/configuration";
import { NAMESPACE } from "./package-info";
import { runsWithMocks } from "./runtime-check";

const PREFIX = `${NAMESPACE}:`;

/** Keys of the namespace that no part of the package reads, without the namespace. */
export function unknownKeys(keys: Iterable<string>): string[] {
  return [...keys]
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => key.slice(PREFIX.length))
    .filter((key) => !Object.hasOwn(CONFIGURATION, key));
}

/** @param spell how the key is written where it was found */
export async function warnOfUnknown(
  keys: readonly string[],
  where: string,
  spell: (key: string) => string,
): Promise<void> {
  if (keys.length === 0) return;
  const { closest } = await import("../provider/common/closest.js");
  const known = Object.keys(CONFIGURATION);
  for (const key of keys) {
    const meant = closest(key, known);
    const hint = meant === undefined ? "." : `; did you mean \`${spell(meant)}\`?`;
    await pulumi.log.warn(
      `\`${spell(key)}\` in ${where} is no setting of this package and has no effect${hint}`,
    );
  }
}

let checked = false;

/** Looks at the stack configuration, once in a process. */
export function checkConfiguration(): void {
  if (checked || runsWithMocks()) return;
  checked = true;
  void warnOfConfiguration(pulumi.getProject(), Object.keys(pulumi.runtime.allConfig()));
}

/** @param keys of the whole configuration of the stack */
export async function warnOfConfiguration(project: string, keys: readonly string[]): Promise<void> {
  const own = keys.filter((key) => key.startsWith(PREFIX));
  if (project !== NAMESPACE) {
    await warnOfUnknown(unknownKeys(own), "the stack configuration", (key) => PREFIX + key);
  } else if (own.length > 0) {
    await pulumi.log.warn(whySharedNamespace(own));
  }
}
