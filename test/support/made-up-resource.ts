/** A resource that no service has, with its tasks in memory: what a fourth resource brings in its own folder. */
import { z } from "zod";
import type { PropertyMap } from "../../provider/common/json";
import type { LiveTask, ResourceDefinition, TaskGateway, TaskInventory } from "../../provider/core/contract";
import { adoptArgument, commonArguments } from "../../provider/core/schema/common";
import { field } from "../../provider/core/schema/field";
import type { Resource } from "../../provider/services/resource";
import { sharedOutputs } from "../../provider/services/shared/outputs";
import { taskIds } from "../../provider/services/shared/task-id";
import { taskReport } from "../../provider/services/shapes/report";

const probeArguments = field(
  z.strictObject({
    serviceId: field(z.string().min(1), {
      description: "Service of the probe.",
      neverDrifts: "it is part of the id",
    }),
    name: field(z.string().optional(), { description: "Name of the probe." }),
    ...commonArguments,
    adopt: adoptArgument("`<thingId>`"),
    depth: field(z.int().min(1).optional(), { description: "Depth in metres.", observedWhenUnset: true }),
  }),
  { description: "Arguments of a probe.", typeName: "ProbeArgs" },
);

const probe: ResourceDefinition = {
  type: "Probe",
  upgrades: [],
  arguments: probeArguments,
  rules: [],
  immutable: ["serviceId", "region", "triggers"],
  updatable: ["name", "description", "depth"],
  replacingUpdates: () => [],
  observed: ["name", "description", "depth"],
  nameScope: ["serviceId", "region"],
  alignToRecorded: (_, live) => live.args,
  outputFields: ["maker"],
  withDefaults: (args) => args,
  isEndless: () => true,
  isScheduled: () => false,
  ...taskIds("Probe", "serviceId"),
};

/** The one task that there is; the depth is not the one that states record. */
const LIVE: LiveTask = {
  id: "p1",
  name: "deep",
  state: "RUNNING",
  createdAt: "2026-01-01T00:00:00Z",
  updatedAt: "2026-01-01T00:00:00Z",
  args: { depth: 7 },
  outputFields: { maker: "somebody" },
};

const refuse = (): Promise<never> => Promise.reject(new Error("the probe is read only"));
const shown = (id: string): LiveTask | undefined => (id === LIVE.id ? LIVE : undefined);

const gateway: TaskGateway & TaskInventory = {
  create: refuse,
  find: (name: string) => Promise.resolve(name === LIVE.name ? [LIVE] : []),
  show: (id) => Promise.resolve(shown(id)),
  read: (id) => Promise.resolve({ task: shown(id), source: "show" }),
  look: (id) => Promise.resolve({ task: shown(id), source: "show" }),
  remove: refuse,
  start: refuse,
  stop: refuse,
  canStop: false,
  confirmService: () => Promise.resolve(),
  scope: "probes",
  inventory: () => Promise.resolve([LIVE]),
};

export const probeResource: Resource = {
  definition: probe,
  outputs: z.object({
    ...sharedOutputs(taskReport),
    maker: field(z.string().optional(), { description: "Maker of the probe.", keepsRecorded: true }),
  }),
  service: "modelarts",
  example: { name: "deep", args: { serviceId: "s1" } },
  introduction: "A probe, which exists in a test only.",
  documents: [["The probe's own page", "https://example.com/probe"]],
  openGateway: () => gateway,
};

/** The record in a state: another depth than the service shows. */
export const RECORDED: PropertyMap = { serviceId: "sea", name: "deep", nameIsDefault: false, depth: 3 };
