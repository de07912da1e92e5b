import assert from "node:assert/strict";
import {
  isVideoAnalysisError,
  messageOf,
  RequestError,
  VideoAnalysisError,
  type RequestFailure,
} from "../../provider/common/errors";
import { RunRegistry } from "../../provider/core/ownership/run-registry";
import { withOldTasks } from "../../provider/core/reconcile/replaced";
import { forUser } from "../../provider/fronts/engine/failures";
import { SharedFailures } from "../../provider/fronts/engine/shared-failures";
import { serviceTask } from "../../provider/services/service-task/definition";
import { World } from "../support/world";

let request = 0;

/** Of a request of its own, with the service's id of it. */
function refused(given: Partial<RequestFailure> = {}): RequestError {
  request += 1;
  const requestId = `request-${request}`;
  const failure: RequestFailure = {
    kind: "unauthenticated",
    status: 401,
    serviceCode: "APIG.0301",
    method: "GET",
    url: `https://modelarts.example.com/v1/tasks/${String(request).padStart(32, "0")}`,
    effect: "none",
    requestId,
    said: `401 APIG.0301 "verify aksk signature fail" (request id ${requestId})`,
    ...given,
  };
  return new RequestError(failure, "read of the task failed", { remedy: "Renew the access key." });
}

const noCredentials = (): VideoAnalysisError =>
  new VideoAnalysisError("CONFIGURATION", "No credentials were found. Set a token.");

describe("failures that resources share", () => {
  const SHARED: readonly [title: string, make: () => VideoAnalysisError][] = [
    ["refused credentials", refused],
    ["a missing permission", () => refused({ kind: "forbidden", status: 403 })],
    ["a host that does not answer", () => refused({ kind: "connection", said: "connect ECONNREFUSED" })],
    ["an outage", () => refused({ kind: "server", status: 503, said: "503 without a text" })],
    ["missing credentials", noCredentials],
  ];
  for (const [title, make] of SHARED) {
    it(`are said in full of the first resource, and in a line that names it of the others: ${title}`, () => {
      const failures = new SharedFailures();
      const first = make();
      assert.equal(failures.brief("camera-1", first), first);
      for (const name of ["camera-2", "camera-3"]) {
        const error = make();
        const brief = failures.brief(name, error);
        assert.ok(isVideoAnalysisError(brief) && brief !== error);
        assert.equal(brief.code, error.code);
        assert.ok(brief.message.includes('"camera-1"'), brief.message);
        assert.ok(brief.message.length < 120, brief.message);
      }
      const again = make();
      assert.equal(failures.brief("camera-1", again), again, "of the first one too");
    });
  }

  it("have their remedy once, however many operations fail with the one error", () => {
    const error = new VideoAnalysisError("TASK_GONE", "the task is gone", { remedy: [{ code: "refresh" }] });
    for (let operation = 0; operation < 3; operation += 1) forUser(error);
    assert.equal(error.message.match(/pulumi up --refresh/g)?.length, 1);
  });

  it("say of each resource which of its tasks were deleted, also where creates share one failed call", async () => {
    const registry = new RunRegistry();
    const failures = new SharedFailures();
    const shared = refused();
    const outcomes = ["camera-1", "camera-2"].map(async (name) => {
      const tasks = [{ type: serviceTask.type, id: `service/old-of-${name}` }];
      registry.markCompared(name, { tasks, unchanged: false, createsFirst: false });
      registry.markDeleted({ tasks, name });
      const context = { ...new World().environment, registry, owner: name };
      await withOldTasks(serviceTask, { name }, context, () => Promise.reject(shared));
    });
    const results = await Promise.allSettled(outcomes);
    const texts = results.map((result, index) => {
      assert.equal(result.status, "rejected");
      return messageOf(forUser(failures.brief(`camera-${index + 1}`, result.reason)));
    });
    const named = texts.map((text) => text.match(/old-of-camera-\d/g));
    assert.deepEqual(named, [["old-of-camera-1"], ["old-of-camera-2"]], texts.join("\n"));
    assert.match(texts[0] ?? "", /Renew/);
    assert.match(texts[1] ?? "", /same cause as for "camera-1"/);
    assert.doesNotMatch(shared.message, /old-of/);
  });

  it("are others at another host, with another status or text, and of refusals by another call", () => {
    const failures = new SharedFailures();
    const errors = [
      refused(),
      refused({ url: "https://vias.example.com/v2/batches" }),
      refused({ kind: "forbidden", status: 403 }),
      refused({ kind: "forbidden", status: 403, method: "POST" }),
      refused({ kind: "forbidden", status: 403, url: "https://modelarts.example.com/v1/services" }),
      refused({ said: '401 APIG.0301 "token expired"' }),
      noCredentials(),
      new VideoAnalysisError("CONFIGURATION", "the region is not known."),
    ];
    errors.forEach((error, index) => assert.equal(failures.brief(`camera-${index}`, error), error));
  });

  it("are none where the resource has its own cause, or something may have been done", () => {
    const own: readonly (() => unknown)[] = [
      () => refused({ kind: "invalid", status: 400 }),
      () => refused({ kind: "not-found", status: 404 }),
      () => refused({ kind: "server", status: 500 }),
      () => refused({ kind: "server", status: 503, effect: "unknown" }),
      () => new VideoAnalysisError("NAME_TAKEN", "the name is taken."),
      () => new Error("no error of the package"),
    ];
    const failures = new SharedFailures();
    for (const make of own) {
      for (const name of ["camera-1", "camera-2"]) {
        const error = make();
        assert.equal(failures.brief(name, error), error);
      }
    }
  });
});
