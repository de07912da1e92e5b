import assert from "node:assert/strict";
import { batchPage, subTaskPage } from "../../provider/services/api/wire-batch";
import { listedJob, wireJob } from "../../provider/services/api/wire-job";
import { listReader, requireId } from "../../provider/services/api/wire-list";
import { listedTask, wireTask } from "../../provider/services/api/wire-task";

/** Every list of tasks: its reader, and the member with the entries. */
const LISTS = [
  { name: "ModelArts tasks", member: "tasks", read: listReader("tasks", listedTask) },
  { name: "VAS jobs", member: "tasks", read: listReader("tasks", listedJob) },
  { name: "VIAS batches", member: "batch_task_list", read: batchPage },
] as const;

/** Answers of a gateway, or of a service in maintenance, with status 200. */
const NO_LISTS = [
  undefined,
  null,
  "",
  "maintenance",
  [],
  {},
  { message: "maintenance" },
  { error_code: "VIAS.10016", error_msg: "busy" },
  { error: { code: 500 } },
];

describe("answers of lists", () => {
  for (const { name, member, read } of LISTS) {
    describe(name, () => {
      for (const body of NO_LISTS) {
        it(`are not ${JSON.stringify(body)}`, () => assert.throws(() => read(body)));
      }

      it("are no list without the list, the count, or with a failure beside them", () => {
        assert.throws(() => read({ count: 0 }));
        assert.throws(() => read({ count: 1, [member]: null }));
        assert.throws(() => read({ count: 1 }));
        assert.throws(() => read({ [member]: [] }));
        assert.throws(() => read({ count: -1, [member]: [] }));
        assert.throws(() => read({ count: 0, [member]: {} }));
        assert.throws(() => read({ count: 0, [member]: [], error_code: "X.1" }));
      });

      it("may be empty, also with null for the list, and print the count as text", () => {
        for (const body of [
          { count: 0, [member]: [] },
          { count: "0", [member]: null },
          { count: 0, [member]: [], error_code: null },
          { count: 0, [member]: [], error_code: "" },
        ]) {
          assert.deepEqual(read(body), { entries: [], count: 0, unreadable: 0 }, JSON.stringify(body));
        }
      });

      it("hide no entry behind one that cannot be read, and count those without an id", () => {
        const strange = { id: "2", name: 5, state: {}, batch_task_name: [], num_task: "x", created_at: {} };
        const { entries, count, unreadable } = read({
          count: 4,
          [member]: [{ id: "1" }, strange, { name: "no id" }, null],
        });
        assert.deepEqual(
          entries.map(({ id }) => id),
          ["1", "2"],
        );
        assert.equal(count, 4);
        assert.equal(unreadable, 2);
      });
    });
  }

  it("of sub-tasks are the same, but an entry that cannot be read is an error: all are of one batch", () => {
    for (const body of NO_LISTS) assert.throws(() => subTaskPage(body));
    assert.throws(() => subTaskPage({ count: 2, tasks: [{ id: "1" }, { name: "no id" }] }));
    assert.deepEqual(subTaskPage({ count: 1, tasks: [{ id: "1", created_at: "odd" }], page_size: 10 }), {
      tasks: [{ id: "1", created_at: undefined }],
      size: 10,
    });
  });

  it("of batches read odd counters and times as absent, whatever batch they belong to", () => {
    const { entries } = batchPage({
      count: 2,
      batch_task_list: [
        { id: "1", batch_task_name: "a", num_task: "3", created_at: "someday" },
        { id: "2", batch_task_name: "b", num_task: {}, created_at: 1e300 },
      ],
    });
    assert.deepEqual(
      entries.map(({ num_task: parts, created_at: time }) => ({ parts, time })),
      [
        { parts: 3, time: undefined },
        { parts: undefined, time: undefined },
      ],
    );
  });
});

describe("answers of shows", () => {
  it("are those of the object that was asked for, in whatever letter case", () => {
    for (const task of [wireTask, wireJob]) {
      assert.equal(requireId("00AB", task.parse({ id: "00ab" })).id, "00ab");
      assert.throws(() => requireId("00ab", task.parse({ id: "00ac" })));
    }
  });
});
