/** The declarations of the program: milliseconds, in this process, without services. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { mocks, valueOf } from "pulumi-video-analysis/testkit";
import { alarms, watchAtNight } from "../cameras";

const SITE = {
  serviceId: "2a2db77f-0000-0000-0000-608a31865313",
  cameras: { entrance: "rtsp://cameras.example.com/entrance", yard: "rtsp://cameras.example.com/yard" },
  timezone: "+01:00",
};

test("each camera has a task of its own, at night", async () => {
  await pulumi.runtime.setMocks(mocks());
  const tasks = watchAtNight(SITE);
  const ids = await valueOf(pulumi.all(tasks.map(({ taskId }) => taskId)));
  assert.equal(new Set(ids).size, 2);
  const schedule = await valueOf(tasks[0].schedule);
  assert.equal(schedule?.type, "daily");
});

test("a failed task raises an alarm", async () => {
  await pulumi.runtime.setMocks(mocks({ resources: { yard: { state: "FAILED" } } }));
  const [entrance, yard] = await valueOf(pulumi.all(alarms(watchAtNight(SITE))));
  assert.equal(entrance, "");
  assert.match(yard, /^yard-[0-9a-f]{12} is FAILED$/);
});

test("a camera without an address is refused before anything is created", async () => {
  const fakes = mocks({ onRefusal: "record" });
  await pulumi.runtime.setMocks(fakes);
  const tasks = watchAtNight({ ...SITE, cameras: { entrance: "" } });
  await valueOf(tasks[0].urn);
  assert.deepEqual(
    fakes.refusals.map(({ name, property }) => `${name}: ${property}`),
    ["entrance: input.data[0].url"],
  );
});

test("a preview knows the names, and no ids yet", async () => {
  const fakes = mocks();
  await pulumi.runtime.setMocks(fakes, "project", "stack", true);
  const tasks = watchAtNight(SITE);
  await valueOf(tasks[1].urn);
  assert.equal(await valueOf(tasks[0].taskId), undefined);
  assert.match(await valueOf(tasks[0].name), /^entrance-/);
  assert.equal(fakes.refusals.length, 0);
});
