/** A service in memory behind the gateway contract, with answers that can be lost or refused on demand. */
import { RequestError, VideoAnalysisError, type FailureClass } from "../../provider/common/errors";
import type { PropertyMap } from "../../provider/common/json";
import type { Creation, LiveTask, Removal, ReadTask, TaskGateway } from "../../provider/core/contract";
import { toCreateBody, toLiveTask } from "../../provider/services/service-task/mapping";

export type Verb = "create" | "find" | "show" | "remove" | "start" | "stop" | "confirm";

interface Accident {
  readonly error: Error;
  /** `after`: the call took effect before its answer was lost. */
  readonly moment: "before" | "after";
}

/** The service's clock in all fakes: a fixed moment. */
export const SERVER_TIME = Date.parse("2026-05-05T12:00:00Z");

export function requestError(
  kind: FailureClass,
  effect: "none" | "unknown" = "unknown",
  status?: number,
): RequestError {
  return new RequestError(
    { kind, effect, method: "POST", url: "https://service", ...(status === undefined ? {} : { status }) },
    `the request failed (${kind})`,
  );
}

const idOf = (number: number): string => number.toString(16).padStart(32, "0");

export class FakeService implements TaskGateway {
  canStop = true;
  readonly scope = "fake service";
  readonly tasks = new Map<string, LiveTask>();
  /** Every call, such as `create task-test` or `show 0…1`. */
  readonly calls: string[] = [];
  /** State of new tasks. */
  newState = "RUNNING";
  /** The remains of a delete: nothing, or the task in this state. */
  stateAfterRemove: string | undefined;
  /** One task for all sources instead of one for each. */
  oneTask = false;
  /** Called before a call has its effect; throws where the call is to fail. */
  before: (verb: Verb) => void = () => undefined;
  /** Called after a call had its effect. */
  after: (verb: Verb) => void = () => undefined;
  /** Tasks that reads find in a list shared with others, also outdated ones. */
  readonly listed = new Map<string, LiveTask>();
  /** The service itself is missing: its list answers not-found. */
  missing = false;
  readonly #accidents = new Map<Verb, Accident[]>();
  #count = 0;

  /** The next call of this kind fails; several queue up. */
  fail(verb: Verb, error: Error, moment: Accident["moment"] = "before"): void {
    this.#accidents.set(verb, [...(this.#accidents.get(verb) ?? []), { error, moment }]);
  }

  /** Puts tasks there as another run or another person would. */
  put(args: PropertyMap, changes: Partial<LiveTask> = {}): string[] {
    return this.#bodies(args).map((body) => {
      this.#count += 1;
      const live = toLiveTask(
        {
          created_at: new Date(SERVER_TIME - 1000).toISOString(),
          updated_at: new Date(SERVER_TIME).toISOString(),
          state: this.newState,
          ...body,
          id: idOf(this.#count),
        },
        [],
      );
      this.tasks.set(live.id, { ...live, ...changes });
      return live.id;
    });
  }

  change(id: string, changes: Partial<LiveTask>): void {
    const task = this.tasks.get(id);
    if (task === undefined) throw new Error(`no task ${id}`);
    this.tasks.set(id, { ...task, ...changes });
  }

  count(verb: Verb): number {
    return this.calls.filter((call) => call.split(" ", 1)[0] === verb).length;
  }

  create(args: PropertyMap): Promise<Creation> {
    return this.#call("create", String(args.name), () => ({ ids: this.put(args), problems: [] }));
  }

  find(name: string): Promise<readonly LiveTask[]> {
    return this.#call("find", name, () => [...this.tasks.values()].filter((task) => task.name === name));
  }

  show(taskId: string): Promise<LiveTask | undefined> {
    return this.#call("show", taskId, () => this.tasks.get(taskId));
  }

  async read(taskId: string): Promise<ReadTask> {
    const task = this.listed.get(taskId);
    return task === undefined ? { task: await this.show(taskId), source: "show" } : { task, source: "list" };
  }

  async look(taskId: string): Promise<ReadTask> {
    return { task: await this.show(taskId), source: "show" };
  }

  remove(taskId: string): Promise<Removal> {
    return this.#call("remove", taskId, () => {
      const there = this.tasks.has(taskId);
      if (there && this.stateAfterRemove !== undefined) this.change(taskId, { state: this.stateAfterRemove });
      else this.tasks.delete(taskId);
      return there ? "accepted" : "not-found";
    });
  }

  start(taskId: string): Promise<void> {
    return this.#call("start", taskId, () => this.#move(taskId, "RUNNING"));
  }

  stop(taskId: string): Promise<void> {
    return this.#call("stop", taskId, () => this.#move(taskId, "STOPPED"));
  }

  confirmService(): Promise<void> {
    return this.#call("confirm", "", () => {
      if (this.missing) throw new VideoAnalysisError("SERVICE_NOT_FOUND", "the service does not exist");
    });
  }

  #move(taskId: string, state: string): void {
    this.change(taskId, { state, updatedAt: new Date(SERVER_TIME + 1000 * this.calls.length).toISOString() });
  }

  /** Reads never return the estimate. */
  #bodies(args: PropertyMap): PropertyMap[] {
    const body = { ...toCreateBody(args), source_usage_estimate: undefined };
    const input = (body as PropertyMap).input as { data: unknown[] };
    if (this.oneTask) return [body];
    return input.data.map((source) => ({ ...body, input: { ...input, data: [source] } }));
  }

  #call<T>(verb: Verb, subject: string, effect: () => T): Promise<T> {
    this.calls.push(`${verb} ${subject}`.trim());
    const accident = this.#accidents.get(verb)?.shift();
    return new Promise((resolve) => {
      this.before(verb);
      if (accident?.moment === "before") throw accident.error;
      const result = effect();
      this.after(verb);
      if (accident !== undefined) throw accident.error;
      resolve(result);
    });
  }
}
