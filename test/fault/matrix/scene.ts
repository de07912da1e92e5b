/** The scene of one cell: an emulator of its own with a foreign task, and the engine's state. */
import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import type { Provider } from "../../contract/provider";
import type { State } from "../../contract/state";
import type { Kind } from "../../contract/kinds";
import type { Props } from "../../contract/values";
import { Resource } from "../resource";
import type { Operation, Scene } from "./operations";
import { Relay } from "./relay";
import { type SharedRun, textOf } from "./shared-run";
import type { Subject } from "./subjects";

/** For what only prepares or follows, in milliseconds: enough on a busy machine. */
const PATIENT = 60_000;
/** Between two looks at the emulator, in milliseconds. */
const POLL = 20;
const BYSTANDER = "bystander";
const LOGIN = { password: "cell-password", domainName: "cell-domain" };
/** No document gives durations; the shortest make the matrix quick. */
const TRANSITIONS = { pendingMs: 5, startingMs: 5, stoppingMs: 5, deletingMs: 5 };
/** Longer than all of them together. */
const SETTLED_MS = 25;

function allOf(ms: number): Props {
  const duration = `${ms}ms`;
  return { create: duration, read: duration, update: duration, delete: duration };
}

function timed(state: State, ms: number): State {
  const timeouts = allOf(ms);
  return {
    ...state,
    inputs: { ...state.inputs, timeouts },
    outputs: { ...state.outputs, timeouts },
  };
}

export class CellScene implements Scene {
  readonly resource = new Resource();
  readonly kind: Kind;
  readonly #entered = new Set<SharedRun>();
  #bystander = "";
  /** Ids that the operation found. */
  #found: readonly string[] = [];

  private constructor(
    readonly subject: Subject,
    readonly operation: Operation,
    readonly name: string,
    readonly emulator: Emulator,
    readonly relay: Relay | undefined,
  ) {
    this.kind = subject.kind;
  }

  static async open(
    subject: Subject,
    operation: Operation,
    name: string,
    relayed: boolean,
  ): Promise<CellScene> {
    const emulator = await startEmulator({
      undeclaredVideoSources: "accept",
      transitions: TRANSITIONS,
      // Cells share processes, which know tasks by their ids and accounts by address and user: a port comes again.
      seed: name,
      users: [{ ...LOGIN, name }],
    });
    const relay = relayed ? await Relay.open(emulator.url) : undefined;
    const scene = new CellScene(subject, operation, name, emulator, relay);
    scene.#bystander = await scene.#putBystander();
    return scene;
  }

  async close(): Promise<void> {
    await this.relay?.close();
    await this.emulator.close();
  }

  /**
   * Brings about what the operation finds, with nothing in the way.
   *
   * @param earlier an earlier run of the engine: a run reserves the names that it creates
   */
  async prepare(earlier: SharedRun, run: SharedRun): Promise<void> {
    const { operation, kind, name, resource } = this;
    if (operation.before !== undefined) {
      const provider = await this.enter(earlier);
      const { error } = await resource.up(provider, this.#args(operation.before(kind, name), PATIENT));
      if (error !== undefined) throw error;
    }
    await run.enter(this.#text, this.#config(this.relay?.url));
    this.#found = this.made;
    operation.meanwhile?.(this);
    if (operation.forgotten === true) resource.state = undefined;
  }

  /** A further run of the engine, past the relay. */
  async enter(run: SharedRun): Promise<Provider> {
    if (!this.#entered.has(run)) await run.enter(this.#text, this.#config());
    this.#entered.add(run);
    return run.provider;
  }

  /** Sets the timeouts of what is recorded, as if the program had always had them. */
  limit(timeout = PATIENT): void {
    const { resource } = this;
    if (resource.state !== undefined) resource.state = timed(resource.state, timeout);
  }

  /** The program of the operation and of the `up` that follows. */
  program(timeout = PATIENT): Props {
    return this.#args(this.operation.program(this.kind, this.name, this.#found), timeout);
  }

  /** Waits until a delayed create has had its effect. */
  async untilMade(): Promise<void> {
    while (this.made.length === 0) await delay(POLL);
  }

  /** Ends the hanging of tasks, as the operator of the service would. */
  cure(): void {
    const { emulator, kind, made } = this;
    for (const id of made) if (this.#isStuck(id)) kind.setState(emulator, id, "RUNNING");
  }

  #isStuck(id: string): boolean {
    const tasks = this.emulator.tasks().filter((task) => task.id === id || task["batch_id"] === id);
    return tasks.some(({ state }) => state === "PENDING");
  }

  /** Lets tasks reach the states that they are on their way to, for which no update waits. */
  settle(): void {
    this.emulator.advance(SETTLED_MS);
  }

  /** Ids of the top-level objects of the cell that the service has. */
  get made(): string[] {
    return this.kind.made(this.emulator, this.name);
  }

  /** Asserts the invariants of every moment, after any fault. */
  assertUnharmed(): void {
    const others = this.kind.made(this.emulator, BYSTANDER);
    assert.deepEqual(others, [this.#bystander], "somebody else's task is untouched");
  }

  get #text(): string {
    return textOf(this.kind, this.name);
  }

  #args(program: Props, timeout: number): Props {
    return { ...program, timeouts: allOf(timeout), __provider: this.#text };
  }

  #config(origin = this.emulator.url): Props {
    const { region, projectId, token } = this.emulator;
    const endpoints = JSON.stringify(
      Object.fromEntries(["modelarts", "vias", "iva", "iam"].map((name) => [name, `${origin}/${name}`])),
    );
    const login = {
      none: { token, projectId },
      "token alone": { token },
      password: {
        userName: this.name,
        password: LOGIN.password,
        domainName: LOGIN.domainName,
      },
    }[this.operation.login ?? "none"];
    const all = { region, endpoints, ...login };
    return Object.fromEntries(Object.entries(all).map(([key, value]) => [`video-analysis:${key}`, value]));
  }

  async #putBystander(): Promise<string> {
    const { emulator, kind, subject } = this;
    const answer = await fetch(`${emulator.url}/${kind.service}${kind.createPath(emulator.projectId)}`, {
      method: "POST",
      headers: { "X-Auth-Token": emulator.token, "Content-Type": "application/json" },
      body: JSON.stringify(subject.body(BYSTANDER)),
    });
    assert.ok(answer.ok, await answer.text());
    const [id = ""] = kind.made(emulator, BYSTANDER);
    emulator.clearRequests();
    return id;
  }
}
