import assert from "node:assert/strict";
import { createAnswer, wireTask } from "../../provider/services/api/wire-task";

describe("wire tasks", () => {
  it("need an id only, keep added fields and take null for absent", () => {
    const task = wireTask.parse({
      id: "1",
      state: "SOMETHING_NEW",
      description: null,
      error: { code: "C", message: null },
      flag: 1,
    });
    assert.deepEqual(task, { id: "1", state: "SOMETHING_NEW", error: { code: "C" }, flag: 1 });
  });

  for (const wrong of [
    {},
    { id: "" },
    { id: 1 },
    { id: "1", input: "text" },
    { id: "1", state: 3 },
    [],
    null,
  ]) {
    it(`cannot be ${JSON.stringify(wrong)}`, () => assert.ok(!wireTask.safeParse(wrong).success));
  }
});

describe("create answers", () => {
  it("wrap the ids or are a bare array, in the given order", () => {
    const ids = [{ id: "b" }, { id: "a", more: 1 }];
    for (const answer of [ids, { tasks: ids }]) {
      assert.deepEqual(
        createAnswer.parse(answer).map(({ id }) => id),
        ["b", "a"],
      );
    }
  });

  for (const wrong of [undefined, {}, [], { tasks: [] }, { tasks: [{}] }, [{ id: "" }]]) {
    it(`cannot be ${JSON.stringify(wrong)}`, () => assert.ok(!createAnswer.safeParse(wrong).success));
  }
});
