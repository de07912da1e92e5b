/** Control of the emulator by tests. */
import type { Fault } from "../faults/faults";
import { parseFault } from "../faults/parse";
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
import type { BatchSnapshot, EmulatorState, StateTexts, TaskSnapshot } from "./snapshots";

/** Names an injected fault for {@link ControlApi.removeFault}. */
export interface InjectedFault {
  readonly id: string;
}

/** Members that an edit cannot change: paths and the store depend on them. */
const FIXED = ["id", "service_id", "project_id"];

/** Control of the emulator beside calls of its services: in process, and over HTTP by the routes of the same names. */
export class ControlApi {
  readonly #world: World;
  readonly #modules: readonly ServiceModule[];

  protected constructor(world: World, modules: readonly ServiceModule[]) {
    this.#world = world;
    this.#modules = modules;
  }

  state(): EmulatorState {
    const { settings, addresses, clock, faults, services, videoGroups, edgePools } = this.#world;
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

  /** The logged requests whose members equal those of the filter, oldest first. */
  calls(filter: CallFilter = {}): RequestEntry[] {
    return this.#world.log.entries(filter);
  }

  clearRequests(): void {
    this.#world.log.clear();
  }

  /** Copies of the tasks that exist now, oldest first. */
  tasks(serviceId?: string): TaskSnapshot[] {
    const { records, at } = this.#world.tasks.view(this.#world.clock.now());
    return records
      .filter((record) => isTask(record) && (serviceId ?? record.serviceId) === record.serviceId)
      .map((record) => this.#snapshot(record, at));
  }

  /** Copies of the VIAS batches that exist now, oldest first. */
  batches(): BatchSnapshot[] {
    return this.#batchControl?.snapshots().map((batch) => batch as BatchSnapshot) ?? [];
  }

  /** Changes a batch as another client would; its sub-tasks follow, but none is created or deleted. */
  editBatch(id: string, patch: JsonObject): void {
    demandChangeable("batch", patch);
    this.#batch(id).edit(id, patch);
  }

  /** Makes a batch and its sub-tasks vanish at once. */
  removeBatch(id: string): void {
    this.#batch(id).remove(id);
  }

  /**
   * Changes a task as another client would, by a JSON merge patch of its wire object; a `state` in it is forced as by
   * {@link setState}.
   */
  editTask(id: string, patch: JsonObject): void {
    demandChangeable("task", patch);
    const { state, ...rest } = patch;
    if (typeof state === "string") this.setState(id, state);
    const record = this.#task(id);
    const wire = mergePatch(record.wire, rest) as JsonObject;
    const created = typeof rest["created_at"] === "string" ? Date.parse(rest["created_at"]) : Number.NaN;
    const createdMs = Number.isFinite(created) ? created : record.createdMs;
    this.#world.tasks.replace({ ...record, wire, createdMs }, this.#world.clock.now());
  }

  /** Makes a task vanish at once, without DELETING. */
  removeTask(id: string): void {
    this.#world.tasks.remove(this.#task(id), this.#world.clock.now());
  }

  /**
   * Forces a state, also one that no document names; it lasts until a call acts on the task. For a batch: the
   * state of all its sub-tasks.
   */
  setState(id: string, state: string, texts: StateTexts = {}): void {
    const { status, error } = texts;
    const wire: JsonObject = {
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error: { ...error } }),
    };
    for (const taskId of this.#batchControl?.taskIds(id) ?? [id]) {
      move(this.#world, this.#task(taskId), held(this.#world.clock.now(), state), wire);
    }
  }

  addService(service: ServiceDeclaration): void {
    this.#world.services.set(service.id, deepCopy(service));
  }

  /** A lost subscription: calls answer that the service is missing; its tasks are there again once it is added again. */
  removeService(id: string): void {
    if (!this.#world.services.delete(id)) throw new UsageError(`there is no service ${id}`);
  }

  /** Declares a VIAS video group, or declares it anew with other sources. */
  addVideoGroup(group: VideoGroupDeclaration): void {
    this.#world.videoGroups.set(group.id, deepCopy(group));
  }

  removeVideoGroup(id: string): void {
    if (!this.#world.videoGroups.delete(id)) throw new UsageError(`there is no video group ${id}`);
  }

  /** Declares a VIAS edge pool, or declares it anew. */
  addEdgePool(pool: EdgePoolDeclaration): void {
    this.#world.edgePools.set(pool.id, deepCopy(pool));
  }

  removeEdgePool(id: string): void {
    if (!this.#world.edgePools.delete(id)) throw new UsageError(`there is no edge pool ${id}`);
  }

  /** Queues a fault for requests that come from now on. */
  inject(fault: Fault): InjectedFault {
    return { id: this.#world.faults.inject(parseFault(fault)) };
  }

  /** Takes a fault out of the queue; true if it was still there. */
  removeFault(id: string): boolean {
    return this.#world.faults.remove(id);
  }

  clearFaults(): void {
    this.#world.faults.clear();
  }

  /** Moves the clock forward. */
  advance(ms: number): void {
    this.#world.clock.advance(ms);
  }

  /** Ends every token given out so far. */
  expireTokens(): void {
    this.#world.tokens.expireAll();
  }

  /** Changes behaviour from the next request on; states that tasks are going through already stay as they were. */
  configure(options: BehaviorOptions): void {
    this.#world.configure(options);
  }

  /** Back to the state after the start; the address stays. */
  reset(): void {
    this.#world.reset();
  }

  #snapshot(record: TaskRecord, at: number): TaskSnapshot {
    const module = this.#modules.find(({ name }) => name === record.family);
    const batch = record.batchId === undefined ? {} : { batch_id: record.batchId };
    const task = module?.snapshot?.(record, at) ?? record.wire;
    return { ...task, service_id: record.serviceId, ...batch } as TaskSnapshot;
  }

  #task(id: string): TaskRecord {
    const record = this.#world.tasks.find(id, this.#world.clock.now());
    if (record === undefined || !isTask(record)) throw new UsageError(`there is no task ${id}`);
    return record;
  }

  get #batchControl(): BatchControl | undefined {
    return this.#modules.find(({ batches }) => batches !== undefined)?.batches;
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
