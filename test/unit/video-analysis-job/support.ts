/** Jobs as programs write them. */
import type { PropertyMap } from "../../../provider/common/json";
import { formatPath } from "../../../provider/common/json";
import { validate } from "../../../provider/core/schema/validate";
import { videoAnalysisJob } from "../../../provider/services/video-analysis-job/definition";

export const jobArgs = (more: PropertyMap = {}): PropertyMap => ({
  serviceName: "video-analyze",
  serviceVersion: "1.0",
  name: "task-test",
  input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
  output: { dis: { streamName: "dis-test" } },
  ...more,
});

/** A value of a preview that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The refused properties. */
export function refused(args: PropertyMap): string[] {
  return validate(videoAnalysisJob, args, (value) => value === UNKNOWN).map(({ path }) => formatPath(path));
}
