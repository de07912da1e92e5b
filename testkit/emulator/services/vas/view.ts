/** The forms in which VAS shows a job. */
import { toSeconds } from "../../clock";
import { isObject, type JsonObject, pick } from "../../json";
import type { Behavior } from "../../options";
import { stageOf, type TaskRecord } from "../../tasks/store";
import { forClients, rawTask, type Spelling } from "../../tasks/view";

export const SPELLING: Spelling = { schedule: "timing", time: toSeconds };

/** Hosted results are kept for 48 hours by default, say the documents of the sibling service VCM. */
const HOSTED_MS = 48 * 60 * 60 * 1000;

/** The bucket of the documented example; the service owns it. */
const HOSTING_BUCKET = "video-analyze";

/** Contents of a hosted result; its form is the algorithm's own. */
const RESULT = "{}";

/** TaskDetails. Only the show call adds where a hosted result lies. */
export function taskDetails(
  record: TaskRecord,
  at: number,
  behavior: Behavior,
  form: "show" | "other",
): JsonObject {
  const details = rawTask(record, at, behavior, SPELLING);
  const output = details["output"];
  if (isObject(output) && isObject(output["hosting"])) {
    const doneAt = finishedAt(record, at);
    output["hosting"] = hostingForDisplay(record.id, output["hosting"], doneAt);
    if (form === "show") details["hosting_result"] = hostingResult(doneAt, at);
  }
  return forClients(details, behavior, { flag: record.seq });
}

/** When the job succeeded; undefined before. */
function finishedAt(record: TaskRecord, at: number): number | undefined {
  const stage = stageOf(record, at);
  return stage.state === "SUCCEEDED" ? stage.at : undefined;
}

/** The read shape differs from what was written: it names the files, none before the job has succeeded. */
function hostingForDisplay(id: string, written: JsonObject, doneAt: number | undefined): JsonObject {
  const file = { bucket: HOSTING_BUCKET, path: `hosting/${id}/result.json` };
  return {
    ...pick(written, ["data_category"]),
    obs: doneAt === undefined ? [] : [file],
    ...(doneAt === undefined ? {} : { result_json_overdue_at: doneAt + HOSTED_MS }),
  };
}

function hostingResult(doneAt: number | undefined, at: number): JsonObject {
  if (doneAt === undefined) return { status: "NOT_GENERATED" };
  const overdue_date = toSeconds(doneAt + HOSTED_MS);
  if (at >= doneAt + HOSTED_MS) return { status: "OVERDUE", overdue_date };
  return { status: "AVAILABLE", data: RESULT, file_size: `${RESULT.length} bytes`, overdue_date };
}
