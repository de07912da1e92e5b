/** The values that the lists of VIAS are filtered by. */
import { z } from "zod";
import { field } from "../../core/schema/field";

export const accessType = field(z.enum(["cloud", "edge"]), {
  description: "Where a video source is connected.",
  typeName: "AccessType",
});
/** Those of the public cloud; the definition has further ones (`RTSP_STREAM`) that are tagged as Cloud Stack's. */
export const sourceType = field(z.enum(["ivm", "restful", "url", "vcn", "obs", "camera", "vcn_restful"]), {
  description: "How a video source is connected.",
  typeName: "VideoSourceType",
});

/** The words that the documents explain the digits with. */
export const LEVELS = { online: "1", offline: "2", abnormal: "9" } as const;
export const sourceStatus = field(z.enum(["online", "offline", "abnormal"]), {
  description: "The state of a video source.",
  typeName: "VideoSourceStatus",
});

export const serviceStatus = field(
  z.enum([
    "service_running",
    "service_deploying",
    "service_failed",
    "service_stopping",
    "service_stopped",
    "service_upgrading",
    "service_finished",
    "service_concerning",
    "not_deployed",
  ]),
  { description: "The status of an algorithm.", typeName: "UserServiceStatus" },
);

export const poolState = field(z.enum(["Running", "Abnormal"]), {
  description: "The state of an edge pool.",
  typeName: "EdgePoolState",
});
