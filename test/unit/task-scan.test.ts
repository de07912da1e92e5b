import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { type Page, scanTasks } from "../../provider/services/paging/task-scan";

const listed = [{ id: "a" }, { id: "b" }];

describe("a scan of a list", () => {
  it("ends with a service that repeats its first page for ever", async () => {
    let calls = 0;
    const page = (): Promise<Page<{ id: string }>> => {
      calls += 1;
      return Promise.resolve({ tasks: listed, full: true });
    };
    await assert.rejects(
      scanTasks(page),
      (error) => isVideoAnalysisError(error) && error.code === "REQUEST_FAILED",
    );
    assert.ok(calls <= 10, `${calls} calls`);
  });

  it("takes a first page that repeats itself for the whole list where the count says so", async () => {
    const page = (): Promise<Page<{ id: string }>> =>
      Promise.resolve({ tasks: listed, full: true, count: 2 });
    assert.deepEqual((await scanTasks(page, true)).tasks, listed);
  });
});
