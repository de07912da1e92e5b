import assert from "node:assert/strict";
import type { Fault, JsonObject } from "../../testkit/emulator";
import { Bench, EDGE, edgeArgs, failsWith, IEF, iefArgs } from "./bench";
import type { State } from "./harness";
import { plain, type Props } from "./values";

const SCHEDULE = {
  type: "DAILY",
  timezone: "+08:00",
  periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }],
};
const FULL = {
  description: "described",
  schedule: SCHEDULE,
  input: {
    type: "restful",
    data: [{ url: "https://media.example.com", certificateCheck: true, rtspPathInResponse: "/a" }],
  },
  output: {
    webhook: { url: "https://hook.example.com", headers: { "X-Key": "key" }, dataCategory: ["b", "a"] },
    dis: { streamName: "results" },
  },
  config: { level: 1, nested: { deep: [1, 2] } },
};

/** What somebody changes at the service, and the properties that a refresh shows. */
const DRIFT: readonly [title: string, patch: JsonObject, ...changed: string[]][] = [
  ["another description", { description: "other" }, "description"],
  ["no description", { description: null }, "description"],
  ["another time zone", { schedule: { timezone: "+07:00" } }, "schedule.timezone"],
  [
    "another period",
    { schedule: { periods: [{ begin_at: "09:00:00", end_at: "20:00:00" }] } },
    "schedule.periods[0].beginAt",
  ],
  ["no schedule", { schedule: null }, "schedule"],
  [
    "another URL",
    {
      input: {
        data: [{ url: "https://other.example.com", certificate_check: true, rtsp_path_in_response: "/a" }],
      },
    },
    "input.data[0].url",
  ],
  [
    "another certificate check",
    {
      input: {
        data: [{ url: "https://media.example.com", certificate_check: false, rtsp_path_in_response: "/a" }],
      },
    },
    "input.data[0].certificateCheck",
  ],
  ["another stream", { output: { dis: { stream_name: "other" } } }, "output.dis.streamName"],
  ["one output less", { output: { dis: null } }, "output.dis"],
  ["one output more", { output: { obs: { bucket: "b", path: "p" } } }, "output.obs"],
  [
    "another header value",
    { output: { webhook: { headers: { "X-Key": "other" } } } },
    "output.webhook.headers.X-Key",
  ],
  [
    "another category",
    { output: { webhook: { data_category: ["a", "c"] } } },
    "output.webhook.dataCategory[0]",
    "output.webhook.dataCategory[1]",
  ],
  ["another setting", { config: { level: 2 } }, "config.level"],
  ["a setting inside", { config: { nested: { deep: [1, 3] } } }, "config.nested.deep[1]"],
  ["no settings", { config: null }, "config"],
  ["another name", { name: "renamed-elsewhere" }, "name"],
];

/** What the service may answer differently without anybody having changed anything. */
const SAME: readonly [title: string, patch: JsonObject][] = [
  [
    "letter case and spellings of a schedule",
    { schedule: { type: "DAILY", timezone: "GMT+08:00", execution_mode: "PERIOD" } },
  ],
  ["the order of categories", { output: { webhook: { data_category: ["a", "b"] } } }],
  ["a setting that the service completed", { config: { added_by_service: true, nested: { more: 1 } } }],
  ["fields that no document names", { surprise: { a: 1 }, input: { fps: 25 } }],
];

describe("contract: read", () => {
  let bench: Bench;
  before(async () => {
    bench = await Bench.open();
    await bench.start();
  });
  after(() => bench.close());

  const create = async (name: string, more: Props = {}): Promise<State> =>
    (await bench.provider.up(iefArgs(name, more))).state;
  const idOf = (state: State): string => String((state.outputs.taskIds as string[])[0]);

  describe("drift", () => {
    for (const [index, [title, patch, ...changed]] of DRIFT.entries()) {
      it(`shows ${title}, and an up puts it back by a replacement`, async () => {
        const args = iefArgs(`drift-${index}`, FULL);
        const state = await create(`drift-${index}`, FULL);
        bench.emulator.editTask(idOf(state), patch);
        const refreshed = await bench.provider.refresh(state);
        assert.deepEqual(
          refreshed?.changed.map((path) => path.replace(/\.value$/, "")),
          changed,
        );
        const top = changed[0]?.split(/[.[]/)[0];
        const plan = await bench.provider.preview(args, refreshed.state);
        assert.deepEqual([plan.op, plan.diff?.replaces], ["replace", [top]]);
      });
    }
    for (const [index, [title, patch]] of SAME.entries()) {
      it(`does not show ${title}`, async () => {
        const state = await create(`same-${index}`, FULL);
        bench.emulator.editTask(idOf(state), patch);
        const refreshed = await bench.provider.refresh(state);
        assert.deepEqual(refreshed?.changed, []);
        assert.equal((await bench.provider.up(iefArgs(`same-${index}`, FULL), refreshed.state)).op, "same");
      });
    }

    it("shows what appears where the program wrote nothing, but not for what is write-only", async () => {
      const state = (await bench.provider.up(edgeArgs("appears"))).state;
      bench.emulator.editTask(idOf(state), {
        description: "new",
        schedule: { type: "once", timezone: "+00:00" },
      });
      const refreshed = await bench.provider.refresh(state);
      assert.deepEqual(refreshed?.changed, ["description", "schedule"]);
      assert.deepEqual(plain(refreshed.state.inputs).sourceUsageEstimate, { cpu: 0.1, memory: 32 });
    });

    it("counts a change of state as outputs only", async () => {
      const state = await create("ended");
      bench.emulator.setState(idOf(state), "SUCCEEDED");
      const refreshed = await bench.provider.refresh(state);
      assert.deepEqual([refreshed?.changed, refreshed?.state.outputs.state], [[], "SUCCEEDED"]);
    });
  });

  describe("gone or not", () => {
    it("answers a blank id for a task that is gone", async () => {
      const state = await create("gone");
      bench.emulator.removeTask(idOf(state));
      assert.equal(await bench.provider.read(state), undefined);
    });

    it("keeps what is left of several tasks, and gives up the source of the missing one", async () => {
      const input = { type: "url", data: [{ url: "rtsp://a" }, { url: "rtsp://b" }, { url: "rtsp://c" }] };
      const state = await create("partly", { input });
      const ids = state.outputs.taskIds as string[];
      bench.emulator.removeTask(ids[1] ?? "");
      const refreshed = await bench.provider.refresh(state);
      assert.equal(refreshed?.state.id, state.id);
      assert.deepEqual(refreshed.state.outputs.taskIds, [ids[0], ids[2]]);
      assert.deepEqual((refreshed.state.inputs.input as Props).data, [
        { url: "rtsp://a" },
        { url: "rtsp://c" },
      ]);
      const plan = await bench.provider.preview(iefArgs("partly", { input }), refreshed.state);
      assert.deepEqual([plan.op, plan.diff?.replaces], ["replace", ["input"]]);
    });

    it("is SERVICE_NOT_FOUND, not gone, when the service is lost", async () => {
      // A process that has seen the service answer trusts it, so this one is new.
      const state = await create("service-lost");
      const run = await bench.newRun();
      const [edge, ief] = bench.emulator.services;
      assert.deepEqual([edge?.id, ief?.id], [EDGE, IEF]);
      bench.emulator.removeService(IEF);
      await assert.rejects(run.read(state), failsWith("SERVICE_NOT_FOUND", /pulumi state delete/));
      await assert.rejects(run.delete(state), failsWith("SERVICE_NOT_FOUND", /pulumi state delete/));
      bench.emulator.addService(ief!);
      assert.equal((await run.read(state))?.id, state.id);
    });

    const TROUBLE: readonly [string, Fault, RegExp][] = [
      ["a call that the gateway does not know", { kind: "notPublished" }, /APIG\.0101.*endpoints/],
      ["a 404 of a proxy", { kind: "malformed", status: 404 }, /no answer that the service documents/],
      ["another project's token", { kind: "wrongProject" }, /ModelArts\.0210/],
      ["a missing permission", { kind: "forbidden" }, /permission/],
      [
        "an expired token that cannot be renewed",
        { kind: "unauthorizedExpired" },
        /VIDEO_ANALYSIS_CREDENTIALS=env/,
      ],
    ];
    for (const [index, [title, fault, text]] of TROUBLE.entries()) {
      it(`is an error for ${title}`, async () => {
        const state = await create(`trouble-${index}`);
        bench.emulator.inject({ ...fault, match: { taskId: idOf(state) } });
        await assert.rejects(bench.provider.read(state), failsWith("REQUEST_FAILED", text));
        assert.equal((await bench.provider.read(state))?.id, state.id);
      });
    }

    for (const kind of ["drop", "truncated", "emptyBody", "resetBody"] as const) {
      it(`tries again after ${kind}`, async () => {
        const state = await create(`again-${kind}`);
        bench.emulator.inject({ kind, match: { taskId: idOf(state) } });
        assert.deepEqual((await bench.provider.refresh(state))?.changed, []);
      });
    }

    it("refuses credentials of another project instead of finding nothing", async () => {
      const state = await create("project");
      const run = await bench.newRun(bench.config({ projectId: "f".repeat(32) }));
      await assert.rejects(
        run.read(state),
        failsWith("PROJECT_MISMATCH", new RegExp(bench.emulator.projectId)),
      );
    });

    it("refuses a recorded host that is neither derived nor configured", async () => {
      const state = await create("host");
      const run = await bench.newRun(bench.config({ endpoints: undefined }));
      await assert.rejects(run.read(state), failsWith("ENDPOINT_REFUSED", /127\.0\.0\.1/));
    });

    it("refuses state of a newer version", async () => {
      const state = await create("newer");
      const newer = { ...state, outputs: { ...state.outputs, stateVersion: 99 } };
      for (const action of [
        bench.provider.read(newer),
        bench.provider.delete(newer),
        bench.provider.update(newer, state.inputs),
      ]) {
        await assert.rejects(action, failsWith("STATE_TOO_NEW", /npm install/));
      }
    });
  });

  describe("get", () => {
    it("fills in everything that the service shows", async () => {
      const state = await create("got", FULL);
      const got = await bench.provider.get(state.id);
      const outputs = plain(got?.outputs);
      assert.equal(outputs.name, "got");
      assert.equal(outputs.description, "described");
      assert.deepEqual(outputs.taskIds, state.outputs.taskIds);
      assert.deepEqual(outputs.config, FULL.config);
      assert.deepEqual((outputs.schedule as Props).periods, SCHEDULE.periods);
      assert.equal(outputs.serviceId, IEF);
      assert.deepEqual((await bench.provider.refresh(got!))?.changed, []);
    });

    it("throws for what does not exist, and for what is no id", async () => {
      const missing = `${IEF}/${"0".repeat(32)}`;
      await assert.rejects(bench.provider.get(missing), failsWith("NOT_FOUND", /Check the id/));
      await assert.rejects(bench.provider.get("nonsense"), failsWith("INVALID_ID", /<serviceId>\/<taskId>/));
    });
  });
});
