/** The emulator in a process of its own, so that it neither slows the engine down nor is slowed down by it. */
import { startEmulator } from "../../testkit/emulator";
import { LARGE_PAGES, type ServiceFacts } from "./service";

async function main(): Promise<void> {
  const emulator = await startEmulator({
    undeclaredVideoSources: "accept",
    maxLimit: LARGE_PAGES,
    // A service of no latency: states do not make callers wait either.
    transitions: { pendingMs: 0, startingMs: 0, stoppingMs: 0, deletingMs: 0 },
  });
  const { url, region, projectId, token, endpoints } = emulator;
  const facts: ServiceFacts = { url, region, projectId, token, endpoints };
  process.once("disconnect", () => void emulator.close());
  process.send?.(facts);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
  process.disconnect();
});
