import type { EmulatorEndpoints } from "../addresses";
import type { ClockMode } from "../clock";
import type { Fault } from "../faults/faults";
import { parseFault } from "../faults/parse";
import type { QueuedFault } from "../faults/queue";
import { deepCopy, type JsonObject, mergePatch } from "../json";
import type {
  BehaviorOptions,
  EdgePoolDeclaration,
  ServiceDeclaration,
  VideoGroupDeclaration,
} from "../options";
import type { BatchControl, ServiceModule } from "../http/service";
import type { CallFilter, RequestEntry } from "../request-log";
import { move } from "../tasks/move";
import { held } from "../tasks/states";
import type { TaskRecord } from "../tasks/store";
import { UsageError } from "../usage-error";
import type { World } from "../world";

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

/** Members that an edit cannot change: paths and the store depend on them. */
const FIXED = ["id", "service_id", "project_id"];

/** What tests do to the emulator beside calling its APIs; in process and over HTTP alike. */
export class Verbs {
  constructor(
    private readonly world: World,
    private readonly modules: readonly ServiceModule[],
  ) {}

  state(): EmulatorState {
    const { settings, addresses, clock, faults, services, videoGroups, edgePools } = this.world;
    return {
      region: settings.region,
      projectId: settings.project.id,
      projectName: settings.project.name,
      ...addresses,
      services: [...services.values()].map(deepCopy),
      videoGroups: [...videoGroups.values()].map(deepCopy),
      edgePools: [...edgePools.values()].map(deepCopy),
      tasks: this.tasks(),
      batches: this.batches(),
      faults: faults.list(),
      clock: { now: clock.now(), mode: clock.mode },
    };
  }

  requests(filter: CallFilter = {}): RequestEntry[] {
    return this.world.log.entries(filter);
  }

  clearRequests(): void {
    this.world.log.clear();
  }

  tasks(serviceId?: string): TaskSnapshot[] {
    const { records, at } = this.world.tasks.view(this.world.clock.now());
    return records
      .filter((record) => isTask(record) && (serviceId ?? record.serviceId) === record.serviceId)
      .map((record) => this.#snapshot(record, at));
  }

  batches(): BatchSnapshot[] {
    return this.#batchControl?.snapshots().map((batch) => batch as BatchSnapshot) ?? [];
  }

  /** Merges `patch` into a batch; its sub-tasks follow, but none is created or deleted. */
  editBatch(id: string, patch: JsonObject): void {
    demandChangeable("batch", patch);
    this.#batch(id).edit(id, patch);
  }

  /** Makes a batch and its sub-tasks vanish at once. */
  removeBatch(id: string): void {
    this.#batch(id).remove(id);
  }

  /** Merges `patch` into the stored wire object; a `state` in it is forced as by {@link setState}. */
  editTask(id: string, patch: JsonObject): void {
    demandChangeable("task", patch);
    const { state, ...rest } = patch;
    if (typeof state === "string") this.setState(id, state);
    const record = this.#task(id);
    const wire = mergePatch(record.wire, rest) as JsonObject;
    const created = typeof rest["created_at"] === "string" ? Date.parse(rest["created_at"]) : Number.NaN;
    const createdMs = Number.isFinite(created) ? created : record.createdMs;
    this.world.tasks.replace({ ...record, wire, createdMs }, this.world.clock.now());
  }

  removeTask(id: string): void {
    this.world.tasks.remove(this.#task(id), this.world.clock.now());
  }

  /**
   * Forces a state, also one that no document names; it lasts until somebody acts on the task. For a batch: the
   * state of all its sub-tasks.
   */
  setState(id: string, state: string, texts: StateTexts = {}): void {
    const { status, error } = texts;
    const wire: JsonObject = {
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error: { ...error } }),
    };
    for (const taskId of this.#batchControl?.taskIds(id) ?? [id]) {
      move(this.world, this.#task(taskId), held(this.world.clock.now(), state), wire);
    }
  }

  addService(service: ServiceDeclaration): void {
    this.world.services.set(service.id, deepCopy(service));
  }

  /** A lost subscription: calls answer that it is missing, the tasks are there again when the service is added again. */
  removeService(id: string): void {
    if (!this.world.services.delete(id)) throw new UsageError(`there is no service ${id}`);
  }

  /** Declares a video group, or declares it anew with other sources. */
  addVideoGroup(group: VideoGroupDeclaration): void {
    this.world.videoGroups.set(group.id, deepCopy(group));
  }

  removeVideoGroup(id: string): void {
    if (!this.world.videoGroups.delete(id)) throw new UsageError(`there is no video group ${id}`);
  }

  /** Declares an edge pool, or declares it anew. */
  addEdgePool(pool: EdgePoolDeclaration): void {
    this.world.edgePools.set(pool.id, deepCopy(pool));
  }

  removeEdgePool(id: string): void {
    if (!this.world.edgePools.delete(id)) throw new UsageError(`there is no edge pool ${id}`);
  }

  /** Queues a fault and returns its id. */
  injectFault(fault: Fault): string {
    return this.world.faults.inject(parseFault(fault));
  }

  removeFault(id: string): boolean {
    return this.world.faults.remove(id);
  }

  clearFaults(): void {
    this.world.faults.clear();
  }

  advance(ms: number): void {
    this.world.clock.advance(ms);
  }

  expireTokens(): void {
    this.world.tokens.expireAll();
  }

  configure(options: BehaviorOptions): void {
    this.world.configure(options);
  }

  reset(): void {
    this.world.reset();
  }

  #snapshot(record: TaskRecord, at: number): TaskSnapshot {
    const module = this.modules.find(({ name }) => name === record.family);
    const batch = record.batchId === undefined ? {} : { batch_id: record.batchId };
    const task = module?.snapshot?.(record, at) ?? record.wire;
    return { ...task, service_id: record.serviceId, ...batch } as TaskSnapshot;
  }

  #task(id: string): TaskRecord {
    const record = this.world.tasks.find(id, this.world.clock.now());
    if (record === undefined || !isTask(record)) throw new UsageError(`there is no task ${id}`);
    return record;
  }

  get #batchControl(): BatchControl | undefined {
    return this.modules.find(({ batches }) => batches !== undefined)?.batches;
  }

  #batch(id: string): BatchControl {
    const control = this.#batchControl;
    if (control?.taskIds(id) === undefined) throw new UsageError(`there is no batch ${id}`);
    return control;
  }
}

function isTask(record: TaskRecord): boolean {
  return record.family !== "batch";
}

function demandChangeable(kind: string, patch: JsonObject): void {
  const fixed = FIXED.find((key) => patch[key] !== undefined);
  if (fixed !== undefined) throw new UsageError(`edit: ${fixed} of a ${kind} cannot change`);
}
