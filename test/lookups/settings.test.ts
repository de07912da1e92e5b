import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as va from "../../sdk";
import { DEFAULT_EDGE_SERVICE } from "../../testkit/emulator";
import { makeTasks, namesOf, settled, withEmulator, withoutEngine } from "./support";

const EDGE = DEFAULT_EDGE_SERVICE.id;

describe("where lookups ask", () => {
  const current = withEmulator();

  it("an explicit provider by its own inputs, not by the stack's", async () => {
    const { caller, emulator } = current();
    await makeTasks(caller, EDGE, ["here"]);
    withoutEngine({ "video-analysis:region": "eu-nl" });
    const inputs = {
      region: emulator.region,
      projectId: emulator.projectId,
      token: pulumi.secret(emulator.token),
      endpoints: JSON.stringify(emulator.endpoints),
    };
    const provider = Object.fromEntries(
      Object.entries(inputs).map(([key, value]) => [`video-analysis:${key}`, pulumi.output(value)]),
    ) as unknown as pulumi.ProviderResource;
    const found = await va.listServiceTasks({ serviceId: EDGE }, { provider });
    assert.deepEqual(
      found.map(({ name, region }) => [name, region]),
      [["here", emulator.region]],
    );
    const parent = { getProvider: () => provider } as unknown as pulumi.Resource;
    const inherited = await settled(va.listServiceTasksOutput({ serviceId: EDGE }, { parent }));
    assert.deepEqual(namesOf(inherited!.value), ["here"]);
  });

  it("not at all, where a preview does not know the provider's inputs", async () => {
    const unknown = pulumi.output(pulumi.unknown);
    const provider = { "video-analysis:token": unknown } as unknown as pulumi.ProviderResource;
    await assert.rejects(Promise.resolve(va.listServiceTasks({ serviceId: EDGE }, { provider })), {
      code: "INVALID_LOOKUP",
    });
    assert.equal(await settled(va.listServiceTasksOutput({ serviceId: EDGE }, { provider })), undefined);
  });

  it("in the region of an argument, where the configured project is not the one to ask for", async () => {
    const { emulator } = current();
    // The emulator has one region, and so no project of this name.
    const elsewhere = Promise.resolve(va.listBatchTasks({ region: "cn-north-4" }));
    await assert.rejects(elsewhere, { code: "CONFIGURATION" });
    assert.deepEqual(
      emulator.requests.map(({ service, query }) => [service, query]),
      [["iam", { name: "cn-north-4" }]],
    );
  });
});
