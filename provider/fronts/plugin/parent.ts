/** The process that started the plugin: no message comes from an engine that was killed. */
import type { Clock } from "../../common/clock";
import { isAlive } from "../engine/is-alive";

/** Between two looks, in milliseconds. */
const INTERVAL = 1000;

/** Read before anything else of weight is loaded: of an engine that is killed meanwhile the plugin would take the heir for its parent. */
const parent = process.ppid;

/** Leaves once the process that started this one has ended. */
export function leaveWithParent(clock: Pick<Clock, "after">): void {
  const look = (): void => {
    // On Windows no other process takes over as the parent.
    if (process.ppid !== parent || !isAlive(parent)) process.exit(1);
    clock.after(INTERVAL, look);
  };
  clock.after(INTERVAL, look);
}
