import type { ClockMode } from "../clock";
import type { Fault } from "../faults/faults";
import { parseFault } from "../faults/parse";
import type { QueuedFault } from "../faults/queue";
import { type JsonObject, mergePatch } from "../json";
import type { BehaviorOptions, ServiceDeclaration } from "../options";
import type { ServiceModule } from "../http/service";
import type { CallFilter, RequestEntry } from "../request-log";
import { move } from "../tasks/move";
import { held } from "../tasks/states";
import type { TaskRecord } from "../tasks/store";
import { UsageError } from "../usage-error";
import type { World } from "../world";

/** A task as the emulator holds it: the documented members, nothing masked, `source_usage_estimate` included. */
export interface TaskSnapshot extends JsonObject {
  id: string;
  name: string;
  service_id: string;
  state: string;
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
  services: ServiceDeclaration[];
  tasks: TaskSnapshot[];
  faults: QueuedFault[];
  clock: { now: number; mode: ClockMode };
}

/** Members that {@link Verbs.editTask} cannot change: paths and the store depend on them. */
const FIXED = ["id", "service_id", "project_id"];

/** What tests do to the emulator beside calling its APIs; in process and over HTTP alike. */
export class Verbs {
  constructor(
    private readonly world: World,
    private readonly modules: readonly ServiceModule[],
  ) {}

  state(): EmulatorState {
    const { settings, clock, faults, services } = this.world;
    return {
      region: settings.region,
      projectId: settings.project.id,
      projectName: settings.project.name,
      services: [...services.values()].map((service) => ({ ...service })),
      tasks: this.tasks(),
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
      .filter((record) => serviceId === undefined || record.serviceId === serviceId)
      .map((record) => this.#snapshot(record, at));
  }

  /** Merges `patch` into the stored wire object; a `state` in it is forced as by {@link setState}. */
  editTask(id: string, patch: JsonObject): void {
    const fixed = FIXED.find((key) => patch[key] !== undefined);
    if (fixed !== undefined) throw new UsageError(`edit: ${fixed} of a task cannot change`);
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

  /** Forces a state, also one that no document names; it lasts until somebody acts on the task. */
  setState(id: string, state: string, texts: StateTexts = {}): void {
    const record = this.#task(id);
    const { status, error } = texts;
    const wire: JsonObject = {
      ...(status === undefined ? {} : { status }),
      ...(error === undefined ? {} : { error: { ...error } }),
    };
    move(this.world, record, held(this.world.clock.now(), state), wire);
  }

  addService(service: ServiceDeclaration): void {
    this.world.services.set(service.id, { ...service });
  }

  /** A lost subscription: calls answer 404, the tasks are there again when the service is added again. */
  removeService(id: string): void {
    if (!this.world.services.delete(id)) throw new UsageError(`there is no service ${id}`);
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
    return (module?.snapshot?.(record, at) ?? record.wire) as TaskSnapshot;
  }

  #task(id: string): TaskRecord {
    const record = this.world.tasks.find(id, this.world.clock.now());
    if (record === undefined) throw new UsageError(`there is no task ${id}`);
    return record;
  }
}
