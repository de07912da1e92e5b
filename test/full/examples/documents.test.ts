import assert from "node:assert/strict";
import type { PropertyMap } from "../../../provider/common/json";
import type { JsonObject } from "../../../testkit/emulator";
import { type Document, DOCUMENTED_SERVICES, DOCUMENTS } from "../../support/documents";
import { KINDS } from "../../scenarios/kinds";
import { edgeArgs, IEF, type Program } from "../../scenarios/program";
import { opsOf, SCENARIO_TIMEOUT, succeeded, TestStack, writesOf } from "../../scenarios/support";

/** A program, and the bodies that the service must receive for it, in any order. */
interface Example {
  readonly program: Program;
  readonly bodies: readonly PropertyMap[];
}

const single = ({ kind, args, body }: Pick<Document, "kind" | "args" | "body">): Example => ({
  program: { tasks: { example: { type: kind, args: args as JsonObject } } },
  bodies: [body],
});

const PRINTED = DOCUMENTS.filter(({ printed }) => printed);

const EXAMPLES: Readonly<Record<string, Example>> = {
  ...Object.fromEntries(PRINTED.map((document) => [`${document.kind}: ${document.title}`, single(document)])),
  "two inputs, and files in OBS on IEF": {
    program: {
      tasks: {
        crossing: { args: edgeArgs({ name: "crossing" }, "north", "south") },
        archive: {
          args: {
            serviceId: IEF,
            platform: "ief",
            name: "archive",
            input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
            output: { obs: { bucket: "results", path: "faces" } },
            config: { image_compression_ratio: 90, Nested: { aB: [1] } },
          },
        },
      },
    },
    bodies: [
      {
        name: "crossing",
        input: {
          type: "url",
          data: [{ url: "rtsp://cameras.example.com/north" }, { url: "rtsp://cameras.example.com/south" }],
        },
        output: { dis: { stream_name: "results" } },
        source_usage_estimate: { cpu: 0.1, memory: 32 },
      },
      {
        name: "archive",
        input: { type: "obs", data: [{ bucket: "recordings", path: "2026/archive" }] },
        output: { obs: { bucket: "results", path: "faces" } },
        config: { image_compression_ratio: 90, Nested: { aB: [1] } },
      },
    ],
  },
};

const byName = (bodies: readonly unknown[]): unknown[] =>
  [...(bodies as { name: string }[])].sort((a, b) => a.name.localeCompare(b.name));

/** The whole life of a stack, during which nothing but the program's own wish may change anything. */
async function live({ program, bodies }: Example): Promise<void> {
  const stack = await TestStack.open({
    logSecrets: true,
    undeclaredVideoSources: "accept",
    services: DOCUMENTED_SERVICES,
  });
  const names = Object.keys(program.tasks ?? {});
  const every = (what: string): string[] => names.map((name) => `${what} ${name}`).sort();
  try {
    stack.program = program;
    const preview = succeeded(await stack.preview());
    assert.deepEqual(opsOf(preview).sort(), every("create"));
    assert.deepEqual(stack.emulator.requests, [], "a preview sends nothing");

    const up = succeeded(await stack.up());
    assert.deepEqual(opsOf(up).sort(), every("create"));
    const posts = KINDS.flatMap(({ operations }) => stack.emulator.calls({ operation: operations.create }));
    assert.deepEqual(byName(posts.map(({ body }) => body)), byName(bodies));

    stack.emulator.clearRequests();
    const again = succeeded(await stack.up());
    assert.deepEqual(opsOf(again).sort(), every("same"));
    const refresh = succeeded(await stack.refresh());
    assert.deepEqual(opsOf(refresh).sort(), every("refresh-same"));
    assert.deepEqual(writesOf(stack.emulator), []);

    succeeded(await stack.destroy());
    assert.deepEqual(stack.liveIds(), []);
    assert.deepEqual(stack.recorded(), []);
  } finally {
    await stack.close();
  }
}

describe("documented examples, from preview to destroy", function () {
  this.timeout(SCENARIO_TIMEOUT);

  const lives = new Map<string, PromiseSettledResult<void>>();

  // Each has a stack and an emulator of its own, so they need not wait for each other.
  before(async () => {
    const results = await Promise.allSettled(Object.values(EXAMPLES).map(live));
    Object.keys(EXAMPLES).forEach((title, index) => lives.set(title, results[index]!));
  });

  for (const title of Object.keys(EXAMPLES)) {
    it(title, () => {
      const outcome = lives.get(title);
      if (outcome?.status === "rejected") throw outcome.reason;
      assert.equal(outcome?.status, "fulfilled");
    });
  }
});
