/** The provider plugin as a process: the engine starts it with its address, and reads the port from its output. */
// First, for it reads what started this process.
import { leaveWithParent } from "./parent";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { version } from "pulumi-video-analysis/package.json";
import { processClock } from "../../common/clock";
import { stopSignal, whileRunning } from "../engine/shutdown";
import { messagesTo } from "./grpc/engine";
import { serve } from "./grpc/service";
import { Sessions } from "./sessions";

/** Beside the file that runs. */
const SCHEMA = path.join(__dirname, "schema.json");

async function main([engine]: readonly string[]): Promise<void> {
  const clock = processClock();
  const sessions = new Sessions({
    clock,
    env: process.env,
    stop: stopSignal,
    messagesTo,
    ...(engine === undefined ? {} : { engine }),
  });
  // Nothing else may come first.
  const schema = (): Promise<string> => readFile(SCHEMA, "utf8");
  const { port } = await serve({ sessions, version, schema, during: whileRunning });
  process.stdout.write(`${port}\n`);
  if (engine !== undefined) leaveWithParent(clock);
}

void whileRunning(() => main(process.argv.slice(2)));
