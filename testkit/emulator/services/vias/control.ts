/** Control of batches by tests, beside calls of the service. */
import type { BatchControl } from "../../http/service";
import { type JsonObject, mergePatch } from "../../json";
import type { World } from "../../world";
import { type Batch, batchesIn, redefine } from "./batch";
import { batchSnapshot } from "./view";

export function batchControl(world: World): BatchControl {
  const now = (): number => world.clock.now();
  const batches = (): Batch[] => batchesIn(world.tasks.view(now()));
  const find = (id: string): Batch | undefined => batches().find(({ record }) => record.id === id);
  return {
    snapshots: () => batches().map((batch) => batchSnapshot(batch, now(), world.behavior)),
    taskIds: (id) => find(id)?.subTasks.map((task) => task.id),
    edit: (id, patch) => {
      const batch = find(id);
      if (batch === undefined) return;
      const wire = mergePatch(batch.record.wire, patch) as JsonObject;
      for (const task of batch.subTasks) redefine(world, task, wire);
      const created = typeof patch["created_at"] === "string" ? Date.parse(patch["created_at"]) : Number.NaN;
      const createdMs = Number.isFinite(created) ? created : batch.record.createdMs;
      world.tasks.replace({ ...batch.record, wire, createdMs }, now());
    },
    remove: (id) => {
      const batch = find(id);
      if (batch === undefined) return;
      for (const each of [...batch.subTasks, batch.record]) world.tasks.remove(each, now());
    },
  };
}
