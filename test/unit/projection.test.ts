import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { compareWithLive, projectTasks } from "../../provider/core/drift/compare";
import { project } from "../../provider/core/drift/project";
import type { LiveTask } from "../../provider/core/contract";
import { serviceTask } from "../../provider/services/service-task/definition";
import { serviceTaskArguments } from "../../provider/services/service-task/schema";
import {
  changed,
  fileOnIef,
  restfulToWebhook,
  scheduledUrlToDis,
  vcnInput,
  withAt,
  without,
} from "../support/arguments";
import { echo, plainly } from "../support/echo";

const { shape } = serviceTaskArguments;

function projected(args: PropertyMap, live: PropertyMap = args): PropertyMap {
  return projectTasks(serviceTask, args, { tasks: echo(live, plainly), total: 1 });
}

const vcn = { ...restfulToWebhook, input: vcnInput };
const passwordFrom = (live: unknown): unknown => {
  const input = withAt(vcnInput, ["vcn", "password"], live);
  return ((project(shape.input, vcnInput, input) as PropertyMap).vcn as PropertyMap).password;
};

describe("projection: what drift is", () => {
  it("is nothing where nothing changed", () => {
    for (const args of [restfulToWebhook, scheduledUrlToDis, fileOnIef, vcn])
      assert.deepEqual(projected(args), args);
  });

  it("keeps what no read returns", () => {
    assert.deepEqual(projected(restfulToWebhook).sourceUsageEstimate, { cpu: 0.1, memory: 32 });
    assert.deepEqual(project(shape.sourceUsageEstimate, { cpu: 1, memory: 1 }, { cpu: 2, memory: 2 }), {
      cpu: 1,
      memory: 1,
    });
  });

  it("keeps a secret that comes back masked, withheld or empty, and compares it where it is echoed", () => {
    for (const live of ["***", "******", "ca***rd", undefined, ""])
      assert.equal(passwordFrom(live), "canary-password");
    assert.equal(passwordFrom("other"), "other");
    const headers = changed(restfulToWebhook, "output.webhook.headers", { "Content-Type": "******" });
    assert.deepEqual(projected(restfulToWebhook, headers), restfulToWebhook);
    const url = changed(restfulToWebhook, "output.webhook.url", "https://user:pw@host/x");
    assert.deepEqual(projected(url, changed(url, "output.webhook.url", "https://user:***@host/x")), url);
  });

  it("takes asterisks in what is no secret for what they are", () => {
    const live = changed(restfulToWebhook, "description", "***");
    assert.deepEqual(projected(restfulToWebhook, live), live);
  });

  it("keeps a required field that the answer lacks", () => {
    const lives = echo(restfulToWebhook, plainly).map((live) => ({
      ...live,
      args: withAt(live.args, ["output", "webhook", "url"], undefined),
    }));
    assert.deepEqual(
      projectTasks(serviceTask, restfulToWebhook, { tasks: lives, total: 1 }),
      restfulToWebhook,
    );
    for (const missing of [["input"], ["output"], ["name"], ["input", "data"]]) {
      const without = echo(restfulToWebhook, plainly).map((live) => ({
        ...live,
        args: withAt(live.args, missing, undefined),
      }));
      assert.deepEqual(
        projectTasks(serviceTask, restfulToWebhook, { tasks: without, total: 1 }),
        restfulToWebhook,
        missing.join("."),
      );
    }
  });

  it("shows what appears where absence has a fixed meaning: description, schedule, config, output members", () => {
    const plainArgs = without(restfulToWebhook, "description");
    const additions: PropertyMap = {
      description: "by hand",
      schedule: changed(scheduledUrlToDis.schedule, "type", "daily"),
      config: { a: 1 },
    };
    for (const [key, value] of Object.entries(additions)) {
      const live = { ...plainArgs, [key]: value };
      assert.deepEqual(projected(plainArgs, live), live);
    }
    const obs = changed(plainArgs, "output.obs", { bucket: "b", path: "p" });
    assert.deepEqual(projected(plainArgs, obs), obs);
  });

  it("does not show other fields that the program left out, nor empty ones", () => {
    assert.deepEqual(
      projected(restfulToWebhook, changed(restfulToWebhook, "input.data[0].nodeId", "node-7")),
      restfulToWebhook,
    );
    assert.deepEqual(
      projected(restfulToWebhook, changed(restfulToWebhook, "output.webhook.dataCategory", ["x"])),
      restfulToWebhook,
    );
    const plainArgs = without(restfulToWebhook, "description");
    assert.deepEqual(projected(plainArgs, { ...plainArgs, description: "", config: {} }), plainArgs);
  });

  it("shows optional fields that are gone", () => {
    const gone: readonly [PropertyMap, string][] = [
      [restfulToWebhook, "description"],
      [restfulToWebhook, "input.data[0].headers"],
      [scheduledUrlToDis, "schedule"],
      [fileOnIef, "config"],
      [scheduledUrlToDis, "output.dis.streamId"],
    ];
    for (const [args, path] of gone) {
      const live = changed(args, path, undefined);
      assert.deepEqual(projected(args, live), live, path);
    }
  });

  it("compares the program's own keys of config only, and all keys of headers", () => {
    const added = changed(fileOnIef, "config", {
      image_compression_ratio: 90,
      nested: { keep: true, more: 1 },
      extra: [],
    });
    assert.deepEqual(projected(fileOnIef, added), fileOnIef);
    const other = changed(fileOnIef, "config.image_compression_ratio", 80);
    assert.deepEqual(projected(fileOnIef, other), other);
    const header = changed(restfulToWebhook, "output.webhook.headers", {
      "Content-Type": "application/json",
      More: "x",
    });
    assert.deepEqual(projected(restfulToWebhook, header), header);
  });

  it("does not take inherited names for keys of the program", () => {
    const live = changed(fileOnIef, "config", {
      image_compression_ratio: 90,
      nested: { keep: true },
      constructor: 1,
      toString: 2,
    });
    assert.deepEqual(projected(fileOnIef, live), fileOnIef);
  });

  it("keeps the program's spelling of letter case, times, offsets and the order of sets", () => {
    const live = {
      ...scheduledUrlToDis,
      schedule: {
        type: "daily",
        timezone: "GMT+8",
        executionMode: "PERIOD",
        periods: [{ endAt: "20:00", beginAt: "08:00" }],
      },
    };
    const lives = [{ ...(echo(scheduledUrlToDis, plainly)[0] as LiveTask), args: live }];
    assert.deepEqual(
      projectTasks(serviceTask, scheduledUrlToDis, { tasks: lives, total: 1 }),
      scheduledUrlToDis,
    );
    const set = changed(fileOnIef, "output.obs.dataCategory", ["a", "b", "c"]);
    assert.deepEqual(projected(set, changed(set, "output.obs.dataCategory", ["c", "a", "b"])), set);
    assert.deepEqual(
      projected(set, changed(set, "output.obs.dataCategory", ["x", "c", "a"])),
      changed(set, "output.obs.dataCategory", ["a", "c", "x"]),
    );
  });

  it("gives the live input as it is where its type changed", () => {
    const live = { ...restfulToWebhook, input: { type: "url", data: [{ url: "https://files.example/a" }] } };
    assert.deepEqual(projected(restfulToWebhook, live), live);
  });
});

describe("projection: several tasks", () => {
  const urls = (...names: string[]) => names.map((name) => ({ url: `https://files.example/${name}` }));
  const args = (...names: string[]): PropertyMap => ({
    ...fileOnIef,
    input: { type: "url", data: urls(...names) },
  });
  const three = args("a", "b", "c");
  const dataOf = (bag: PropertyMap) => (bag.input as { data: unknown[] }).data;
  const all = (given: PropertyMap, lives: readonly LiveTask[], total = lives.length) =>
    dataOf(projectTasks(serviceTask, given, { tasks: lives, total }));

  it("matches tasks to sources in any order of their ids", () => {
    assert.deepEqual(all(three, echo(three, plainly).reverse()), urls("a", "b", "c"));
  });

  it("takes one task of many sources, in any order of them", () => {
    assert.deepEqual(all(three, echo(three, plainly, true)), urls("a", "b", "c"));
    assert.deepEqual(all(three, echo(args("c", "a", "b"), plainly, true)), urls("a", "b", "c"));
    assert.deepEqual(all(three, echo(args("a", "c"), plainly, true)), urls("a", "c"));
    assert.deepEqual(all(three, echo(args("a", "b", "c", "d"), plainly, true)), urls("a", "b", "c", "d"));
  });

  it("takes tasks that each show all sources", () => {
    const [task] = echo(three, plainly, true);
    const lives = ["0", "1", "2"].map((id) => ({ ...(task as LiveTask), id }));
    assert.deepEqual(all(three, lives), urls("a", "b", "c"));
    assert.equal(all(three, lives.slice(1), 3).length, 2, "one of them is gone");
  });

  it("leaves the entries of tasks that are gone out", () => {
    const [first, , last] = echo(three, plainly) as [LiveTask, LiveTask, LiveTask];
    assert.deepEqual(all(three, [first, last], 3), urls("a", "c"));
    assert.deepEqual(all(three, [last], 3), urls("c"));
  });

  it("shows a changed source at its place", () => {
    const lives = echo(args("a", "x", "c"), plainly).reverse();
    assert.deepEqual(all(three, lives), urls("a", "x", "c"));
  });

  it("pairs sources whose keys are a part of another one's", () => {
    const data = [{ deviceId: "d" }, { deviceId: "d", streamType: 1 }];
    const given = { ...fileOnIef, input: { ...vcnInput, data } };
    assert.deepEqual(all(given, echo(given, plainly).reverse()), data);
  });

  it("does not lose sources that the answers withhold", () => {
    const lives = echo(three, plainly).map((live) => ({
      ...live,
      args: withAt(live.args, ["input", "data"], undefined),
    }));
    assert.deepEqual(all(three, lives), urls("a", "b", "c"));
    assert.equal(all(three, lives.slice(0, 2), 3).length, 2);
  });

  it("counts a difference of one task as a difference of the resource", () => {
    const lives = echo(three, plainly);
    lives[1] = { ...(lives[1] as LiveTask), args: { ...lives[1]?.args, description: "by hand" } };
    assert.deepEqual(compareWithLive(serviceTask, three, lives), [
      { path: ["description"], recorded: undefined, live: "by hand" },
    ]);
  });
});
