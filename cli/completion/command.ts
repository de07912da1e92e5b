/** `video-analysis completion`: a script made from the commands themselves, so that it never is out of date. */
import type { Command } from "commander";
import { print } from "../formats/write";
import { bashScript } from "./bash";
import { fishScript } from "./fish";
import type { Shell } from "./options";
import { treeOf } from "./tree";
import { zshScript } from "./zsh";

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/** @returns the exit status */
export async function completion(shell: Shell, program: Command): Promise<0> {
  await print(SCRIPTS[shell](treeOf(program)), process.stdout);
  return 0;
}
