import type { Call } from "../../http/service";
import { isObject, type JsonObject } from "../../json";
import { move } from "../../tasks/move";
import { deleted, held, launched, restarted, stopped, type Timeline } from "../../tasks/states";
import type { TaskRecord } from "../../tasks/store";
import type { World } from "../../world";
import { stateConflict } from "./errors";
import { shownState } from "./view";

/**
 * The documents do not say from which states a task can be started or stopped; these sets are the cautious
 * reading, in which a call that asks for what already is gets ModelArts.3519.
 */
const STARTABLE = new Set(["STOPPED", "SUCCEEDED", "FAILED", "START_FAILED", "FROZEN"]);
const STOPPABLE = new Set(["PENDING", "RECOVERING", "STARTING", "UPGRADING", "RUNNING", "ABNORMAL"]);

/** States that the option `refuseDeleteWhileRunning` is about. */
const BUSY = new Set(["STARTING", "RUNNING", "STOPPING"]);

/** URL inputs of these schemes are files; rtsp and rtmp are streams, which never end. */
const FILE_URL = /^(https?|ftp|file):/i;

/** The states that a new task goes through. */
export function launch(world: World, call: Call, input: JsonObject): Timeline {
  const now = world.clock.now();
  if (call.shaping.stuckPending === true) return held(now, "PENDING");
  return launched(now, world.behavior.transitions, isFinite(input));
}

export function start(world: World, record: TaskRecord): void {
  const now = world.clock.now();
  demandState(world, record, STARTABLE, "start");
  const input = record.wire["input"];
  const finite = isObject(input) && isFinite(input);
  move(world, record, restarted(now, world.behavior.transitions, finite));
}

export function stop(world: World, record: TaskRecord): void {
  demandState(world, record, STOPPABLE, "stop");
  move(world, record, stopped(world.clock.now(), world.behavior.transitions.stoppingMs));
}

/** Deleting again while it is being deleted is accepted and changes nothing. */
export function remove(world: World, record: TaskRecord, call: Call): void {
  const now = world.clock.now();
  const state = shownState(record, now, world.behavior);
  if (state === "DELETING") return;
  if (world.behavior.refuseDeleteWhileRunning && BUSY.has(state)) throw stateConflict("delete", state);
  move(world, record, deleted(now, call.shaping.slowDeleteMs ?? world.behavior.transitions.deletingMs));
}

function demandState(world: World, record: TaskRecord, allowed: Set<string>, action: string): void {
  const state = shownState(record, world.clock.now(), world.behavior);
  if (!allowed.has(state)) throw stateConflict(action, state);
}

function isFinite(input: JsonObject): boolean {
  if (input["type"] === "obs") return true;
  const [entry] = Array.isArray(input["data"]) ? input["data"] : [];
  const url = isObject(entry) ? entry["url"] : undefined;
  return input["type"] === "url" && typeof url === "string" && FILE_URL.test(url);
}
