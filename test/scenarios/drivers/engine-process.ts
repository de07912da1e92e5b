/** Runs `up` in a process of its own, so that a scenario can kill the engine. Options come as the first message. */
import { Engine, type EngineOptions } from "../../../tools/engine";

process.once("message", (options: EngineOptions) => {
  void new Engine(options).up().then(({ ok }) => {
    process.send?.({ ok });
    process.disconnect();
  });
});
// A scenario that ended without killing leaves no process to report to.
process.once("disconnect", () => process.exit());
