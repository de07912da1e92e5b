/** Effects of start, stop and delete on a task. */
import { entriesOf } from "../bodies/input";
import type { ApiError } from "../http/errors";
import type { Call } from "../http/service";
import { isObject, type JsonObject } from "../json";
import type { World } from "../world";
import { move } from "./move";
import { deleted, held, launched, restarted, stopped, type Timeline } from "./states";
import type { TaskRecord } from "./store";
import { shownState } from "./view";

/**
 * The documents do not say from which states a task can be started or stopped; these sets are the cautious
 * reading, in which a call that asks for what already is conflicts with the state.
 */
const STARTABLE = new Set(["STOPPED", "SUCCEEDED", "FAILED", "START_FAILED", "FROZEN"]);
const STOPPABLE = new Set(["PENDING", "RECOVERING", "STARTING", "UPGRADING", "RUNNING", "ABNORMAL"]);

/** States that the option `refuseDeleteWhileRunning` is about. */
const BUSY = new Set(["STARTING", "RUNNING", "STOPPING"]);

/** URL inputs of these schemes are files; rtsp and rtmp are streams, which never end. */
const FILE_URL = /^(https?|ftp|file):/i;

/** Words a service's answer to an action that the state does not allow. */
export type Conflict = (action: string, state: string) => ApiError;

/** The states that a new task goes through. */
export function launch(world: World, call: Call, input: JsonObject): Timeline {
  const now = world.clock.now();
  if (call.shaping.stuckPending === true) return held(now, "PENDING");
  return launched(now, world.behavior.transitions, isFinite(input));
}

export function start(world: World, record: TaskRecord, conflict: Conflict): void {
  const now = world.clock.now();
  demandState(world, record, STARTABLE, () => conflict("start", shownState(record, now, world.behavior)));
  const input = record.wire["input"];
  const finite = isObject(input) && isFinite(input);
  move(world, record, restarted(now, world.behavior.transitions, finite));
}

export function stop(world: World, record: TaskRecord, conflict: Conflict): void {
  const now = world.clock.now();
  demandState(world, record, STOPPABLE, () => conflict("stop", shownState(record, now, world.behavior)));
  move(world, record, stopped(now, world.behavior.transitions.stoppingMs));
}

/** Deleting again while it is being deleted is accepted and changes nothing. */
export function remove(world: World, record: TaskRecord, call: Call, conflict: Conflict): void {
  const now = world.clock.now();
  const state = shownState(record, now, world.behavior);
  if (state === "DELETING") return;
  if (world.behavior.refuseDeleteWhileRunning && BUSY.has(state)) throw conflict("delete", state);
  move(world, record, deleted(now, call.shaping.slowDeleteMs ?? world.behavior.transitions.deletingMs));
}

function demandState(world: World, record: TaskRecord, allowed: Set<string>, conflict: () => ApiError): void {
  if (!allowed.has(shownState(record, world.clock.now(), world.behavior))) throw conflict();
}

function isFinite(input: JsonObject): boolean {
  if (input["type"] === "obs") return true;
  const url = entriesOf(input)[0]?.["url"];
  return input["type"] === "url" && typeof url === "string" && FILE_URL.test(url);
}
