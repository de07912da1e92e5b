import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { MockCallArgs } from "@pulumi/pulumi/runtime/mocks";
import * as va from "../../sdk";
import { settled } from "./support";

describe("lookups under pulumi.runtime.setMocks", () => {
  let calls: MockCallArgs[];
  const answer = (answers: Readonly<Record<string, object>>, preview = false) =>
    pulumi.runtime.setMocks(
      {
        call: (args): object => {
          calls.push(args);
          return { ...answers[args.token] };
        },
        newResource: (args) => ({ id: `${args.name}-id`, state: { ...(args.inputs as object) } }),
      },
      "project",
      "stack",
      preview,
    );

  beforeEach(() => {
    calls = [];
  });

  it("ask the mock's `call`, and no service", async () => {
    await answer({
      "video-analysis:index:getServiceTask": { id: "s/t", name: "entrance", state: "RUNNING" },
      "video-analysis:index:listServiceTasks": { entries: [{ id: "s/t", name: "entrance" }] },
    });
    assert.equal((await va.getServiceTask({ id: "s/t" })).name, "entrance");
    const names: string[] = [];
    for await (const { name } of va.listServiceTasks({ serviceId: "s" })) names.push(name);
    assert.deepEqual(names, ["entrance"]);
    assert.equal(
      (await settled(va.getServiceTaskOutput({ id: pulumi.output("s/t") })))?.value.state,
      "RUNNING",
    );
    assert.deepEqual(
      calls.map(({ token, inputs }) => [token, inputs as unknown]),
      [
        ["video-analysis:index:getServiceTask", { id: "s/t" }],
        ["video-analysis:index:listServiceTasks", { serviceId: "s" }],
        ["video-analysis:index:getServiceTask", { id: "s/t" }],
      ],
    );
  });

  it("find nothing in lists that the mocks do not know", async () => {
    await answer({});
    assert.deepEqual(await va.listBatchTasks(), []);
  });

  it("make no difference to resources", async () => {
    await answer({ "video-analysis:index:listServiceTasks": { entries: [{ id: "s/t", name: "entrance" }] } });
    const found = va.listServiceTasksOutput({ serviceId: "s" });
    const task = new va.ServiceTask("next", {
      serviceId: "s",
      description: found.apply((tasks) => tasks.map(({ name }) => name).join()),
      input: { type: "url", data: [{ url: "rtsp://camera/1" }] },
      output: { dis: { streamName: "d" } },
    });
    assert.equal((await settled(task.description))?.value, "entrance");
  });
});
