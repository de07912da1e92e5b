/** The three resources as the direct runs declare them: each of one task, without secrets. */
import {
  DEFAULT_ALGORITHM,
  DEFAULT_EDGE_SERVICE,
  DEFAULT_VAS_SERVICE,
  type ServiceName,
} from "../../testkit/emulator";
import type { ResourceName } from "../../provider/services/resource-names";
import { providerText, typeToken } from "../../sdk/package-info";
import type { PropertyMap } from "../engine/property-value";

export interface Kind {
  readonly name: ResourceName;
  readonly service: ServiceName;
  readonly type: string;
  readonly providerText: string;
  readonly args: (index: number) => PropertyMap;
}

const output = { dis: { streamName: "results" } };

const kind = (name: ResourceName, service: ServiceName, args: (index: number) => PropertyMap): Kind => ({
  name,
  service,
  type: typeToken(name),
  providerText: providerText(name),
  args,
});

export const serviceTaskKind = kind("ServiceTask", "modelarts", (index) => ({
  serviceId: DEFAULT_EDGE_SERVICE.id,
  platform: "edge",
  description: "watched from the gate",
  input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${index}` }] },
  output,
  sourceUsageEstimate: { cpu: 0.1, memory: 32 },
}));

export const videoAnalysisJobKind = kind("VideoAnalysisJob", "iva", (index) => ({
  serviceName: DEFAULT_VAS_SERVICE.name,
  serviceVersion: "1.0",
  input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${index}` }] },
  output,
}));

export const batchTaskKind = kind("BatchTask", "vias", (index) => ({
  serviceName: DEFAULT_ALGORITHM.name,
  serviceVersion: "1.0",
  batchInput: {
    videoSourceGroup: [
      { videoSourceGroupId: "group-north", videoSourceList: [{ videoSourceId: `camera-${index}` }] },
    ],
  },
  output,
}));

export const KINDS: readonly Kind[] = [serviceTaskKind, videoAnalysisJobKind, batchTaskKind];
