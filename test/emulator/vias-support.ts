import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../testkit/emulator";
import { type Caller, type Reply, sources } from "./support";

export const NORTH = sources("group-north");
export const CAMERAS = ["camera-north-1", "camera-north-2"];

/** The weekly schedule of the create page's third example: index i is weekday i + 1. */
export const WEEKEND: JsonObject = {
  type: "weekly",
  timezone: "+08:00",
  days_of_week: [1, 2, 3, 4, 5, 6, 7],
  periods: [
    [],
    [],
    [],
    [],
    [{ begin_at: "22:15:00", end_at: "23:59:00" }],
    [{ begin_at: "00:00:00", end_at: "23:59:00" }],
    [{ begin_at: "22:15:00", end_at: "23:59:00" }],
  ],
};

/** Shortcuts for the calls of VIAS; the caller exists only when they are called. */
export function viasCalls(caller: () => Caller) {
  const vias = (method: string, path: string, body?: Json) => caller().call("vias", method, path, body);
  return {
    vias,
    advance: (ms: number) => caller().emulator.advance(ms),
    create: (body: JsonObject) => vias("POST", "/batch-tasks", body),
    made: async (body: JsonObject): Promise<string> => {
      const { status, json, text } = await vias("POST", "/batch-tasks", body);
      assert.equal(status, 200, text);
      return json["id"] as string;
    },
    listed: async (query = ""): Promise<JsonObject[]> =>
      (await vias("GET", `/batch-tasks${query}`)).json["batch_task_list"] as JsonObject[],
    subTasks: async (batchId: string): Promise<JsonObject[]> =>
      (await vias("GET", `/tasks?batch_id=${batchId}`)).json["tasks"] as JsonObject[],
    show: async (id: Json | undefined): Promise<JsonObject> =>
      (await vias("GET", `/tasks/${id as string}`)).json,
  };
}

/** Status and counters of a batch operation's answer. */
export const counts = ({ status, json }: Reply): unknown[] => [
  status,
  json["total_count"],
  json["failed_count"],
  json["succeed_count"],
];

/** Expects 400 with this code. */
export function refused({ status, code, text }: Reply, wanted: string): void {
  assert.deepEqual([status, code], [400, wanted], text);
}
