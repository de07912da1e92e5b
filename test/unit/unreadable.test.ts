import assert from "node:assert/strict";
import fc from "fast-check";
import type { PropertyMap } from "../../provider/common/json";
import { diff } from "../../provider/core/operations/diff";
import { unrecorded, withoutUnreadable } from "../../provider/core/drift/unreadable";
import { unreadableIn, unreadableOutput, withSupplied } from "../../provider/core/state/unreadable-inputs";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";

const vcn = (password?: string): PropertyMap => ({
  type: "vcn",
  data: [{ deviceId: "d" }],
  vcn: { ip: "192.0.2.1", port: 1, username: "u", ...(password === undefined ? {} : { password }) },
});

const taskWith = (input: unknown): PropertyMap => ({
  serviceId: "s",
  name: "n",
  region: "eu-de",
  input,
  output: { dis: { streamName: "d" } },
});

/** The record of an import of a task that is shown so. */
function recordedOf(definition: typeof serviceTask, shown: PropertyMap): PropertyMap {
  const { args, unreadable } = withoutUnreadable(definition, shown);
  return { ...args, stateVersion: 1, unfinished: [], ...unreadableOutput(unrecorded(unreadable)) };
}

describe("arguments that no read returns", () => {
  const pathsIn = (definition: typeof serviceTask, shown: PropertyMap): string[] =>
    withoutUnreadable(definition, shown).unreadable.map(({ path, required, secret }) =>
      [path.join("."), ...(required ? ["required"] : []), ...(secret ? ["secret"] : [])].join(" "),
    );

  it("is what the schema calls write-only, what is required and missing, and what is masked", () => {
    assert.deepEqual(pathsIn(serviceTask, taskWith(vcn("******"))), [
      "input.vcn.password required secret",
      "sourceUsageEstimate",
    ]);
    assert.deepEqual(pathsIn(serviceTask, taskWith(vcn())), [
      "input.vcn.password required secret",
      "sourceUsageEstimate",
    ]);
    assert.deepEqual(pathsIn(serviceTask, taskWith(vcn("shown"))), ["sourceUsageEstimate"]);
    const webhook = { url: "https://h.example.com", headers: { A: "***", B: "shown" } };
    assert.deepEqual(pathsIn(serviceTask, { ...taskWith(vcn("shown")), output: { webhook } }), [
      "output.webhook.headers.A required secret",
      "sourceUsageEstimate",
    ]);
  });

  it("is left out of what is recorded", () => {
    const recorded = recordedOf(serviceTask, taskWith(vcn("******")));
    assert.deepEqual(recorded.input, vcn());
    assert.deepEqual(unreadableIn(recorded), [["input", "vcn", "password"], ["sourceUsageEstimate"]]);
  });

  it("of a list whose elements are known in part is the list as a whole", () => {
    const batchInput = { videoSourceGroup: [{ videoSourceList: [{ videoSourceId: "c-1" }] }] };
    const recorded = recordedOf(batchTask, { name: "b", batchInput, output: {} });
    assert.deepEqual(unreadableIn(recorded), [
      ["serviceName"],
      ["serviceVersion"],
      ["batchInput", "videoSourceGroup"],
      ["isSavedAsTemplate"],
    ]);
  });
});

describe("what an import could not record", () => {
  const recorded = recordedOf(serviceTask, taskWith(vcn("******")));
  const diffOf = (news: PropertyMap): ReturnType<typeof diff> => diff(serviceTask, recorded, news, undefined);

  it("replaces nothing when the program gives it, and is left to the engine's comparison", () => {
    const news = { ...taskWith(vcn("told")), sourceUsageEstimate: { cpu: 1, memory: 1 } };
    assert.deepEqual(diffOf(news), { replaces: [], deleteBeforeReplace: true });
  });

  it("hides no change of anything else", () => {
    const moved = { ...vcn("told"), vcn: { ip: "192.0.2.2", port: 1, username: "u", password: "told" } };
    assert.deepEqual(diffOf(taskWith(moved)).replaces, ["input"]);
    assert.deepEqual(diffOf(taskWith({ type: "url", data: [{ url: "https://e.example.com" }] })).replaces, [
      "input",
    ]);
    assert.deepEqual(diffOf({ ...taskWith(vcn("told")), description: "new" }).replaces, ["description"]);
  });

  it("is an ordinary argument once an update has recorded it", () => {
    const rest = { ...withSupplied(recorded, taskWith(vcn("told"))), unreadable: undefined };
    assert.deepEqual(diff(serviceTask, rest, taskWith(vcn("other")), undefined).replaces, ["input"]);
  });

  it("total: recorded outputs of any shape are taken as they are", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (outputs, unreadable) => {
        const olds = { ...outputs, unreadable } as PropertyMap;
        assert.deepEqual(Object.keys(withSupplied(olds, {})).sort(), Object.keys(olds).sort());
        assert.ok(Array.isArray(unreadableIn(olds)));
      }),
    );
  });
});
