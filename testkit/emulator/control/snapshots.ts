/** The forms in which the emulator shows its state. */
import type { EmulatorEndpoints } from "../addresses";
import type { ClockMode } from "../clock";
import type { QueuedFault } from "../faults/queue";
import type { JsonObject } from "../json";
import type { EdgePoolDeclaration, ServiceDeclaration, VideoGroupDeclaration } from "../options";

/**
 * A task as the emulator holds it: the documented members, nothing masked, write-only ones included. `service_id`
 * is that of the declaration, also for VAS; the sub-tasks of a batch have a `batch_id`.
 */
export interface TaskSnapshot extends JsonObject {
  id: string;
  name: string;
  service_id: string;
  state: string;
}

/** A VIAS batch as the emulator holds it: the body as sent or updated, and what became of it. */
export interface BatchSnapshot extends JsonObject {
  id: string;
  name: string;
  task_ids: string[];
  video_source_ids: string[];
  /** How many sub-tasks are in each state, in lower case. */
  states: Record<string, number>;
}

/** Texts that go with a forced state. */
export interface StateTexts {
  status?: string;
  error?: { code: string; message: string };
}

/** An overview, as `GET /__emulator/state` answers it. */
export interface EmulatorState {
  region: string;
  projectId: string;
  projectName: string;
  endpoints: EmulatorEndpoints;
  rootEndpoints: EmulatorEndpoints;
  services: ServiceDeclaration[];
  videoGroups: VideoGroupDeclaration[];
  edgePools: EdgePoolDeclaration[];
  tasks: TaskSnapshot[];
  batches: BatchSnapshot[];
  faults: QueuedFault[];
  clock: { now: number; mode: ClockMode };
}
