/** The process that started the plugin: no message comes from an engine that was killed. */
import type { Clock } from "../../common/clock";

/** Between two looks, in milliseconds. */
const INTERVAL = 1000;

/** Read before anything else is loaded: of an engine that is killed meanwhile the plugin would take the heir for its parent. */
const parent = process.ppid;

/** Leaves once the process that started this one has ended. */
export function leaveWithParent(clock: Pick<Clock, "after">): void {
  const look = (): void => {
    if (process.ppid !== parent || !isAlive(parent)) process.exit(1);
    clock.after(INTERVAL, look);
  };
  clock.after(INTERVAL, look);
}

/** Where another process takes over as the parent this is no question; Windows has none that does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
