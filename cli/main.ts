#!/usr/bin/env node
/** The command `video-analysis`. */
import { runCommand } from "./program";

/** A reader that has seen enough (`| head`) closes the pipe; that is no failure of the command. */
function onBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
  process.exit();
}

process.stdout.on("error", onBrokenPipe);
process.stderr.on("error", onBrokenPipe);
void runCommand(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
