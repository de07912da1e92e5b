/** Records the form in which the tasks show the values that an operation wrote, once they have settled. */
import { isVideoAnalysisError } from "../../common/errors";
import { deepEqual, getAt, type PropertyMap } from "../../common/json";
import type { Echo, ShownField } from "./echo";
import { showTasks, type Operation } from "../operation";
import type { LiveTask } from "../contract";
import { shownOtherwise } from "./shown-fields";

/**
 * Pauses before a field that an update changed and that is shown as before is looked at again, in milliseconds: a show may
 * lag behind. Together a few seconds, as no document gives a time.
 */
const PAUSES = [0, 250, 750, 1500, 3000];

/** The recorded and the shown values before an update. */
export interface BeforeWrite {
  readonly recorded: PropertyMap;
  readonly tasks: readonly LiveTask[];
}

/** The values that an operation wrote. */
export interface OwnWrite extends Pick<Operation, "definition" | "inputs" | "binding" | "deadline"> {
  /** The arguments that were sent. */
  readonly sent: readonly string[];
  /** The tasks after the operation's last wait. */
  readonly tasks: readonly LiveTask[];
  readonly before?: BeforeWrite;
}

/**
 * The forms to record: those that two answers agree in. Where all is shown as it was written nothing is asked. A failure
 * records none, since the written value is there all the same.
 */
export async function recordEcho(write: OwnWrite, earlier: Echo): Promise<Echo> {
  const { definition, inputs, deadline } = write;
  const taskIds = write.tasks.map(({ id }) => id);
  const sent = new Set(write.sent);
  const found = (tasks: readonly LiveTask[]): ShownField[] =>
    shownOtherwise(definition, inputs, tasks).filter(({ path }) => sent.has(String(path[0])));
  let shown = found(write.tasks);
  let settled: ShownField[] = [];
  try {
    for (const pause of shown.length === 0 ? [] : PAUSES) {
      await deadline.sleep(pause);
      if (deadline.expired) break;
      const again = found((await showTasks(write, taskIds)).tasks);
      settled = shown.filter(
        (field) => again.some((other) => deepEqual(field, other)) && !isOld(write, field),
      );
      if (settled.length === again.length) break;
      shown = again;
    }
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    settled = [];
  }
  return earlier.after(sent, settled, taskIds);
}

/** Whether an update changed the field and it is shown as it was before: the service may not have taken the change. */
function isOld({ definition, before }: OwnWrite, { task, path, written, shown }: ShownField): boolean {
  if (before === undefined || deepEqual(getAt(before.recorded, path), written)) return false;
  const live = before.tasks.find(({ id }) => id === task);
  return (
    live !== undefined && deepEqual(getAt(definition.alignToRecorded(before.recorded, live), path), shown)
  );
}
