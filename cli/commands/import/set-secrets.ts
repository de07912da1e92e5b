/** Sets the secrets of imported tasks in the configuration of their stack. */
import { getAt } from "../../../provider/common/json";
import { startProgress } from "../../output/progress";
import { setConfiguration } from "../../stack/pulumi-cli";
import type { Declaration } from "./declaration";
import type { ImportOptions } from "./options";

/** One after the other: each rewrites the stack's file. */
export async function setSecrets(
  tasks: readonly Declaration[],
  { stack = "", cwd }: Pick<ImportOptions, "stack" | "cwd">,
): Promise<void> {
  const known = tasks.flatMap(({ secrets, task }) =>
    secrets
      .filter((secret) => secret.known)
      .map(({ key, path }) => ({ key, value: String(getAt(task.args, path)) })),
  );
  const progress = startProgress("setting secrets", known.length, process.stderr);
  try {
    for (const { key, value } of known) {
      await setConfiguration({ key, value, secret: true }, { stack, cwd });
      progress.step();
    }
  } finally {
    progress.end();
  }
}
