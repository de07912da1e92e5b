/** The resource types that every shared table runs over. */
import { batchTaskKind } from "./kinds/batch-task";
import type { Kind } from "./kinds/kind";
import { serviceTaskKind } from "./kinds/service-task";
import { videoAnalysisJobKind } from "./kinds/video-analysis-job";

export { type Change, changed, type Features, type InPlace, type Kind, type Operations } from "./kinds/kind";
export { batchTaskKind, serviceTaskKind, videoAnalysisJobKind };

export const KINDS: readonly Kind[] = [serviceTaskKind, batchTaskKind, videoAnalysisJobKind];
