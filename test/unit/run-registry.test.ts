import assert from "node:assert/strict";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { isLater, newClaim } from "../../provider/core/ownership/claim";
import { ownedTasks } from "../../provider/core/ownership/owners";
import {
  isSameTask,
  keyOf,
  type Note,
  type NoteLog,
  type OwnedTask,
  RunRegistry,
} from "../../provider/core/ownership/run-registry";
import { batchTask } from "../../provider/services/batch-task/definition";
import { serviceTask } from "../../provider/services/service-task/definition";
import { videoAnalysisJob } from "../../provider/services/video-analysis-job/definition";
import { FakeClock } from "../support/fake-clock";

const task = (id: string, place: Partial<OwnedTask> = {}): OwnedTask => ({ type: "T", id, ...place });

describe("run registry: names", () => {
  const isHeld = (registry: RunRegistry): void =>
    assert.throws(
      () => registry.reserve("s", "n"),
      (error) => isVideoAnalysisError(error) && error.code === "DUPLICATE_NAME",
    );

  it("reserves a name once in a scope, until the create fails", () => {
    const registry = new RunRegistry();
    const reservation = registry.reserve("s", "n");
    registry.reserve("s", "m");
    registry.reserve("t", "n");
    isHeld(registry);
    registry.settle(reservation, []);
    registry.reserve("s", "n");
  });

  it("reserves a name until all tasks that were made under it are deleted", () => {
    const registry = new RunRegistry();
    const deleted = (...ids: string[]): void =>
      registry.markDeleted({ tasks: ids.map((id) => task(id)), name: "n" });
    registry.settle(registry.reserve("s", "n"), [task("a"), task("b")]);
    deleted("c");
    deleted("a");
    isHeld(registry);
    deleted("b", "a");
    registry.reserve("s", "n");
  });

  it("lets a resource have the name again that its own tasks have", () => {
    const registry = new RunRegistry();
    registry.settle(registry.reserve("s", "n"), [task("a"), task("b")]);
    assert.throws(() => registry.reserve("s", "n", [task("a")]));
    registry.settle(registry.reserve("s", "n", [task("a"), task("b")]), []);
    registry.reserve("s", "n");
    assert.throws(() => registry.reserve("s", "n", [task("a")]));
  });

  it("proves a service once, and again after a proof that failed", async () => {
    const registry = new RunRegistry();
    let proofs = 0;
    const proof = () => {
      proofs += 1;
      return proofs === 1 ? Promise.reject(new Error("no")) : Promise.resolve();
    };
    const end = new FakeClock().deadline();
    await assert.rejects(registry.confirmOnce("s", end, proof));
    await registry.confirmOnce("s", end, proof);
    await registry.confirmOnce("s", end, proof);
    assert.equal(proofs, 2);
    await registry.confirmOnce("t", end, proof);
    assert.equal(proofs, 3);
  });

  it("proves a service once for all who ask at the same time", async () => {
    const registry = new RunRegistry();
    let proofs = 0;
    const proof = async (): Promise<void> => {
      proofs += 1;
      await Promise.resolve();
    };
    const end = new FakeClock().deadline();
    await Promise.all(Array.from({ length: 16 }, () => registry.confirmOnce("s", end, proof)));
    assert.equal(proofs, 1);
  });
});

describe("run registry: tasks", () => {
  it("keeps tasks of different services and types apart, whatever their ids", () => {
    const tasks = [
      ...ownedTasks(serviceTask, { serviceId: "a" }, ["1", "2"]),
      ...ownedTasks(serviceTask, { serviceId: "b" }, ["1"]),
      ...ownedTasks(videoAnalysisJob, { serviceName: "a" }, ["1"]),
      ...ownedTasks(batchTask, {}, ["1"]),
    ];
    assert.equal(new Set(tasks.map(keyOf)).size, 5);
  });

  it("takes ids of any letter case for one, and places that are not known for any", () => {
    const known = task("s/ABC", { region: "eu-de", projectId: "p" });
    assert.ok(isSameTask(known, task("s/abc")));
    assert.ok(isSameTask(known, task("s/abc", { region: "eu-de" })));
    assert.ok(!isSameTask(known, task("s/abc", { region: "eu-nl" })));
    assert.ok(!isSameTask(known, task("s/abc", { projectId: "q" })));
    assert.ok(!isSameTask(known, task("s/abd")));
  });

  it("knows owners of a task, not those of the same id in another region", () => {
    const registry = new RunRegistry();
    registry.markOwned({ tasks: [task("a", { region: "eu-de" })], by: "diff", owner: "x" });
    registry.markOwned({ tasks: [task("A")], by: "read" });
    assert.deepEqual(
      registry.ownersOf(task("a", { region: "eu-de" })).map(({ by }) => by),
      ["diff", "read"],
    );
    assert.deepEqual(
      registry.ownersOf(task("a", { region: "eu-nl" })).map(({ by }) => by),
      ["read"],
    );
  });
});

describe("run registry: claims", () => {
  const CLAIMS = [undefined, newClaim(1, 0, []), newClaim(2, 0.5, []), newClaim(10 ** 12, 0, [])];

  it("are ordered by their time, and no claim is the oldest", () => {
    for (const [index, claim] of CLAIMS.entries()) {
      for (const [other, earlier] of CLAIMS.entries()) assert.equal(isLater(claim, earlier), index > other);
    }
    assert.ok(newClaim(1, 0.1, []) !== newClaim(1, 0.2, []));
  });

  it("are later than all that are known, also where a clock is behind", () => {
    const ahead = newClaim(5000, 0.9, []);
    for (const known of [[ahead], [undefined, ahead], [newClaim(1, 0, []), ahead]]) {
      assert.ok(isLater(newClaim(1000, 0, known), ahead));
    }
    assert.match(newClaim(1000, 0, ["of no known form"]), /^0000000001000-00000000$/);
  });

  it("spare a task that a later owner has, until that one is deleted itself", () => {
    const [, first, second] = CLAIMS;
    const registry = new RunRegistry();
    registry.markOwned({ tasks: [task("a"), task("b")], by: "diff", owner: "x", claim: first! });
    const isSpared = (id: string, claim?: string): boolean => registry.isClaimedAfter(task(id), claim);
    assert.deepEqual([isSpared("a"), isSpared("a", first), isSpared("c")], [true, false, false]);
    registry.markOwned({ tasks: [task("a")], by: "update", owner: "y", claim: second! });
    assert.deepEqual([isSpared("a", first), isSpared("b", first)], [true, false]);
    registry.markDeleted({ tasks: [task("a")], claim: second!, name: "n" });
    assert.deepEqual([isSpared("a", first), isSpared("a")], [false, true], "the first owner has not gone");
  });
});

describe("run registry: other processes of the run", () => {
  /** Two logs, of which each has what the other one adds. */
  function connected(): [NoteLog, NoteLog] {
    const queues: [Note[], Note[]] = [[], []];
    const log = (own: number): NoteLog => ({
      add: (note) => void queues[1 - own]?.push(note),
      takeNew: () => queues[own]?.splice(0) ?? [],
    });
    return [log(0), log(1)];
  }

  it("share owners, claims and deletions", () => {
    const [here, there] = connected().map((log) => new RunRegistry(log)) as [RunRegistry, RunRegistry];
    const claim = newClaim(1, 0, []);
    here.markOwned({ tasks: [task("a")], by: "create", owner: "x", claim, takesOver: true });
    assert.deepEqual(
      there.ownersOf(task("a")).map(({ owner }) => owner),
      ["x"],
    );
    assert.ok(there.isClaimedAfter(task("a"), undefined));
    there.markDeleted({ tasks: [task("a")], claim, name: "n" });
    assert.ok(!here.isClaimedAfter(task("a"), undefined));
    assert.deepEqual(here.deletedUnder("T", "n"), [task("a")]);
    assert.deepEqual([here.deletedUnder("T", "m"), here.deletedUnder("U", "n")], [[], []]);
  });
});
