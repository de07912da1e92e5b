import assert from "node:assert/strict";
import type { Json, JsonObject } from "../../testkit/emulator";
import { type Caller, type Reply, vasJob } from "./support";

/** Path of the jobs behind the project. */
export const TASKS = "/services/video-analyze/tasks";

export const STREAM: JsonObject = { input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] } };
export const DAILY: JsonObject = {
  type: "daily",
  timezone: "+08:00",
  periods: [{ begin_at: "08:00:00", end_at: "20:00:00" }],
};
export const FREQUENCY: JsonObject = { interval: 5, duration: 5 };
export const ONCE: JsonObject = {
  type: "once",
  timezone: "+08:00",
  date: "2025-01-02",
  frequency: FREQUENCY,
};
export const POOL = "0".repeat(32);
export const VCN: JsonObject = { ip: "10.10.10.10", port: 60, username: "u", password: "p4ss" };
export const DEVICE = `${"4".repeat(20)}#${"a".repeat(32)}`;
export const REST: JsonObject = {
  url: "https://media.example.com",
  certificate_check: false,
  rtsp_path_in_response: "data/url",
};

export const input = (type: string, entry: JsonObject, more: JsonObject = {}): JsonObject => ({
  input: { type, data: [entry], ...more },
});
export const output = (more: JsonObject): JsonObject => ({ output: more });
export const timed = (timing: JsonObject): JsonObject => vasJob("t", { ...STREAM, timing });

/** Shortcuts for the calls of VAS; the caller exists only when they are called. */
export function vasCalls(caller: () => Caller) {
  const vas = (method: string, path = "", body?: Json) =>
    caller().call("iva", method, `${TASKS}${path}`, body);
  return {
    vas,
    advance: (ms: number) => caller().emulator.advance(ms),
    made: async (body: JsonObject): Promise<string> => {
      const { status, text } = await vas("POST", "", body);
      assert.equal(status, 201, text);
      return (JSON.parse(text) as { id: string }[])[0]!.id;
    },
    names: async (query: string): Promise<unknown[]> =>
      ((await vas("GET", query)).json["tasks"] as JsonObject[]).map((task) => task["name"]),
    show: async (id: string): Promise<JsonObject> => (await vas("GET", `/${id}`)).json,
  };
}

/** Expects 400 with the code for parameters and this field in the text. */
export function refused({ status, code, message, text }: Reply, path: string): void {
  assert.deepEqual([status, code], [400, "IVA.0004"], text);
  assert.ok(message.startsWith(`The request param is invalid. The field [${path}] `), message);
}
