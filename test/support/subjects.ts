/** The three resources as property tests see them: generated arguments, and what the service makes of them. */
import fc from "fast-check";
import type { PropertyMap, Path } from "../../provider/common/json";
import type { ResourceDefinition } from "../../provider/core/contract";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { batchTaskArguments } from "./arbitraries/batch-task";
import { serviceTaskArguments } from "./arbitraries/service-task";
import { vcnServer, videoAnalysisJobArguments } from "./arbitraries/video-analysis-job";
import { vcnInput } from "./arguments";
import { type Checks, checksOf } from "./checks";
import { type Echo, echo, echoBatch, echoJob } from "./echo";

export interface Subject extends Checks {
  readonly definition: ResourceDefinition;
  readonly validArguments: fc.Arbitrary<PropertyMap>;
  /** The same with a password, where the service knows one. */
  readonly withPassword?: fc.Arbitrary<PropertyMap>;
  readonly echo: Echo;
  /** Whether a change at the path replaces; written out here. */
  readonly replaces: (args: PropertyMap, path: Path) => boolean;
  /** Live values that are drift where the program has none at the path. */
  readonly additions: readonly (readonly [path: string, value: unknown])[];
}

const entries = (args: PropertyMap): number => ((args.input as PropertyMap).data as unknown[]).length;

const REPLACING_TASK = [
  "serviceId",
  "name",
  "description",
  "schedule",
  "input",
  "output",
  "config",
  "sourceUsageEstimate",
  "region",
  "triggers",
];
const REPLACING_BATCH = ["serviceName", "serviceVersion", "region", "triggers"];
const REPLACING_JOB = [
  "serviceName",
  "serviceVersion",
  "edgePoolId",
  "resourceOrderId",
  "region",
  "triggers",
];

const OBS = ["output.obs", { bucket: "results", path: "p" }] as const;
const DIS = ["output.dis", { streamName: "s" }] as const;
const DESCRIPTION = ["description", "changed by hand"] as const;

export const SUBJECTS: readonly Subject[] = [
  {
    definition: serviceTask,
    ...checksOf(serviceTask),
    validArguments: serviceTaskArguments,
    withPassword: serviceTaskArguments.map((args) => ({ ...args, input: vcnInput })),
    echo,
    replaces: (_, [top]) => REPLACING_TASK.includes(String(top)),
    additions: [DESCRIPTION, OBS, DIS, ["config", { added: true }]],
  },
  {
    definition: batchTask,
    ...checksOf(batchTask),
    validArguments: batchTaskArguments,
    echo: echoBatch,
    replaces: (_, [top]) => REPLACING_BATCH.includes(String(top)),
    additions: [
      DESCRIPTION,
      OBS,
      DIS,
      ["config", { common: { added: true } }],
      ["output.eventCenter", true],
      ["schedule", { type: "weekly", timezone: "+01:00", daysOfWeek: [1] }],
    ],
  },
  {
    definition: videoAnalysisJob,
    ...checksOf(videoAnalysisJob),
    validArguments: videoAnalysisJobArguments,
    withPassword: fc.tuple(videoAnalysisJobArguments, vcnServer).map(([args, vcn]) => ({
      ...args,
      input: { type: "vcn", data: [{ deviceId: `${"1".repeat(20)}#${"a".repeat(32)}` }], vcn },
    })),
    echo: echoJob,
    replaces: (args, [top, field, index]) =>
      top === "input"
        ? entries(args) > 1 || field === undefined || (field === "data" && index === undefined)
        : REPLACING_JOB.includes(String(top)),
    additions: [
      DESCRIPTION,
      OBS,
      DIS,
      ["output.hosting", { dataCategory: ["faces"] }],
      ["output.localpath", { mountSourcePath: "/results" }],
      ["serviceConfig", { common: { added: true } }],
      [
        "timing",
        { type: "daily", timezone: "+01:00", periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }] },
      ],
    ],
  },
];
