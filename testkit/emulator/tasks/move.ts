/** Puts a task on another timeline. Texts that belonged to the old state go, those of the new one come. */
import type { JsonObject } from "../json";
import type { World } from "../world";
import type { Timeline } from "./states";
import type { TaskRecord } from "./store";

export function move(world: World, record: TaskRecord, timeline: Timeline, texts: JsonObject = {}): void {
  const wire = { ...record.wire };
  delete wire["status"];
  delete wire["error"];
  delete wire["updated_at"];
  world.tasks.replace({ ...record, wire: { ...wire, ...texts }, timeline }, world.clock.now());
}
