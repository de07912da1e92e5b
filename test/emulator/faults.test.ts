import assert from "node:assert/strict";
import { type ExpiredToken, type Fault, UsageError } from "../../testkit/emulator";
import { Caller, EDGE, edgeTask, type Reply } from "./support";

describe("emulator: faults", () => {
  let caller: Caller;
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => caller.emulator.reset());
  after(() => caller.emulator.close());

  const create = (name = "t") => caller.create(EDGE, edgeTask(name));
  const count = () => caller.emulator.tasks().length;
  const lastStatus = () => caller.emulator.requests.at(-1)?.status;
  const injected = (fault: Fault) =>
    caller.emulator.inject({ match: { operation: "createServiceTask" }, ...fault });
  const outcome = ({ status, code }: Reply) => [status, code];

  it("latency delays the answer", async () => {
    injected({ kind: "latency", ms: 60 });
    const started = performance.now();
    assert.equal((await create()).status, 201);
    assert.ok(performance.now() - started >= 55);
  });

  it("latency delays many answers at the same time without a warning of Node", async () => {
    const warnings: string[] = [];
    const note = ({ name }: Error): void => void warnings.push(name);
    process.on("warning", note);
    try {
      injected({ kind: "latency", ms: 20, times: null });
      await Promise.all(Array.from({ length: 20 }, (_, index) => create(`t${index}`)));
      assert.equal(count(), 20);
    } finally {
      process.off("warning", note);
    }
    assert.deepEqual(warnings, []);
  });

  it("latency lets a request that was given up have its effect later", async () => {
    injected({ kind: "latency", ms: 80 });
    const body = JSON.stringify(edgeTask());
    const headers = { ...caller.headers, "Content-Type": "application/json" };
    const signal = AbortSignal.timeout(20);
    await assert.rejects(fetch(caller.tasksUrl(EDGE), { method: "POST", headers, body, signal }));
    assert.equal(count(), 0);
    while (count() === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(lastStatus(), "dropped");
  });

  it("throttle answers 429 APIG.0308, with Retry-After in seconds or as a date", async () => {
    injected({ kind: "throttle" });
    injected({ kind: "throttle", retryAfter: 7 });
    injected({ kind: "throttle", retryAfter: "Wed, 01 Jan 2025 00:00:09 GMT" });
    const replies = [await create(), await create(), await create()];
    assert.deepEqual(replies.map(outcome), Array(3).fill([429, "APIG.0308"]));
    assert.deepEqual(
      replies.map(({ headers }) => headers.get("retry-after")),
      [null, "7", "Wed, 01 Jan 2025 00:00:09 GMT"],
    );
    assert.equal(count(), 0);
  });

  it("a quota refuses what goes beyond it until the window ends, and says when that is", async () => {
    const quota = caller.emulator.inject({
      kind: "quota",
      calls: 2,
      windowMs: 5000,
      match: { service: "modelarts" },
    });
    const replies = [await create("a"), await create("b"), await create("c")];
    assert.deepEqual(replies.map(outcome), [
      [201, ""],
      [201, ""],
      [429, "APIG.0308"],
    ]);
    assert.equal(replies[2]!.headers.get("retry-after"), "5");
    caller.emulator.advance(1500);
    assert.equal((await create("c")).headers.get("retry-after"), "4", "3.5 s are left");
    const projects = await caller.send("GET", `${caller.emulator.endpoints.iam}/v3/projects`);
    assert.equal(projects.status, 200, "other services have no part in it");
    assert.equal(count(), 2);
    caller.emulator.advance(3500);
    assert.deepEqual(
      [await create("c"), await create("d"), await create("e")].map(({ status }) => status),
      [201, 201, 429],
      "the next window has as many again",
    );
    assert.deepEqual(
      caller.emulator.calls({ status: 429 }).map((entry) => entry.fault),
      ["quota", "quota", "quota"],
    );
    assert.equal(caller.emulator.removeFault(quota.id), true);
    assert.equal((await create("e")).status, 201);
  });

  it("a quota can end after so many refusals", async () => {
    caller.emulator.inject({ kind: "quota", calls: 0, windowMs: 5000, times: 2 });
    const replies = [await create("a"), await create("b"), await create("c")];
    assert.deepEqual(
      replies.map(({ status }) => status),
      [429, 429, 201],
    );
  });

  it("status strikes before or after the effect", async () => {
    injected({ kind: "status", status: 503 });
    assert.deepEqual(outcome(await create()), [503, "ModelArts.4302"]);
    assert.equal(count(), 0);
    injected({ kind: "status", status: 502, when: "after" });
    assert.deepEqual(outcome(await create()), [502, "APIG.0202"]);
    assert.equal(count(), 1);
    injected({ kind: "status", status: 400, code: "ModelArts.3522", message: "too many" });
    const reply = await create();
    assert.deepEqual(reply.json, { error_code: "ModelArts.3522", error_msg: "too many" });
  });

  it("drop ends the connection without an answer, before or after the effect", async () => {
    injected({ kind: "drop" });
    await assert.rejects(create());
    assert.deepEqual([count(), lastStatus()], [0, "dropped"]);
    injected({ kind: "drop", when: "after" });
    await assert.rejects(create());
    assert.deepEqual([count(), lastStatus()], [1, "dropped"]);
  });

  it("resetBody cuts the connection in the middle of the body", async () => {
    injected({ kind: "resetBody" });
    await assert.rejects(create());
    assert.equal(count(), 1);
  });

  it("malformed, truncated and emptyBody spoil the body only", async () => {
    injected({ kind: "malformed" });
    injected({ kind: "malformed", body: "oops", status: 200 });
    injected({ kind: "truncated" });
    injected({ kind: "emptyBody" });
    const [html, text, half, empty] = [await create(), await create(), await create(), await create()];
    assert.deepEqual([html.status, html.headers.get("content-type")], [201, "text/html"]);
    assert.match(html.text, /^<!DOCTYPE html>/);
    assert.deepEqual([text.status, text.text], [200, "oops"]);
    assert.equal(Number(half.headers.get("content-length")), half.text.length);
    assert.throws(() => void JSON.parse(half.text), SyntaxError);
    assert.deepEqual([empty.status, empty.text], [201, ""]);
    assert.equal(count(), 4);
  });

  it("gateway refusals have their codes and no effect", async () => {
    const kinds: [Fault["kind"], number, string][] = [
      ["unauthorizedExpired", 401, "APIG.0307"],
      ["forbidden", 403, "APIG.0302"],
      ["notPublished", 404, "APIG.0101"],
      ["wrongProject", 403, "ModelArts.0210"],
    ];
    for (const [kind, status, code] of kinds) {
      injected({ kind } as Fault);
      assert.deepEqual(outcome(await create()), [status, code]);
    }
    assert.equal(count(), 0);
    assert.equal((await create()).status, 201, "the token is still good");
  });

  it("a token ends in each of the ways that the gateway has for it", async () => {
    const ways: [ExpiredToken, string, RegExp][] = [
      [{ form: "update", status: 401 }, "APIG.0307", /must be updated$/],
      [{ form: "expires", status: 401 }, "APIGW.0301", /token expires, expires_at: \d{4}-\S+Z$/],
      [{ form: "decrypt", status: 403 }, "APIGW.0301", /decrypt token fail$/],
    ];
    for (const [way, code, text] of ways) {
      injected({ kind: "unauthorizedExpired", ...way });
      const struck = await create();
      assert.deepEqual(outcome(struck), [way.status, code]);
      assert.match(struck.message, text);
      assert.ok(struck.json["request_id"], "in the gateway's form");
      caller.emulator.configure({ expiredToken: way });
      caller.emulator.expireTokens();
      const ended = await create();
      assert.deepEqual([ended.status, ended.message], [way.status, struck.message]);
      caller.emulator.reset();
    }
    assert.equal(count(), 0);
    assert.throws(
      () => caller.emulator.inject({ kind: "unauthorizedExpired", status: 402 as 401 }),
      UsageError,
    );
  });

  it("staleList misses the last writes", async () => {
    await create("a");
    await create("b");
    caller.emulator.inject({ kind: "staleList", count: 1 });
    assert.deepEqual(await caller.names(EDGE), ["a"]);
    assert.deepEqual(await caller.names(EDGE), ["b", "a"]);
    caller.emulator.inject({ kind: "staleList", count: 2 });
    assert.deepEqual(await caller.names(EDGE), []);
  });

  it("staleList answers as of some time ago, deleted tasks and old states included", async () => {
    await create("a");
    const [a] = caller.emulator.tasks();
    caller.emulator.advance(1000);
    await create("b");
    await caller.delete(EDGE, a!.id);
    caller.emulator.advance(1000);
    assert.deepEqual(await caller.names(EDGE), ["b"]);
    caller.emulator.inject({ kind: "staleList", ms: 1500 });
    const { json } = await caller.list(EDGE);
    const seen = json["tasks"] as { name: string; state: string }[];
    assert.deepEqual(
      seen.map(({ name, state }) => [name, state]),
      [["a", "RUNNING"]],
    );
  });

  it("stuckPending and slowDelete act on their operation alone", async () => {
    caller.emulator.inject({ kind: "stuckPending" });
    caller.emulator.inject({ kind: "slowDelete", ms: 60_000 });
    await caller.list(EDGE);
    const id = await caller.made(EDGE, edgeTask());
    caller.emulator.advance(1e9);
    assert.equal(await caller.stateOf(EDGE, id), "PENDING");
    await caller.delete(EDGE, id);
    caller.emulator.advance(59_999);
    assert.equal(await caller.stateOf(EDGE, id), "DELETING");
    caller.emulator.advance(1);
    assert.equal((await caller.show(EDGE, id)).status, 404);
  });

  it("hang never answers until the client gives up", async () => {
    injected({ kind: "hang" });
    const signal = AbortSignal.timeout(50);
    await assert.rejects(fetch(caller.tasksUrl(EDGE), { method: "POST", headers: caller.headers, signal }), {
      name: "TimeoutError",
    });
    assert.equal(caller.emulator.requests.at(-1)?.fault, "hang");
    assert.equal(count(), 0);
  });

  it("closing the emulator ends hanging and delayed requests", async () => {
    const other = await Caller.open();
    other.emulator.inject({ kind: "hang" });
    other.emulator.inject({ kind: "latency", ms: 60_000, after: 1 });
    const pending = [other.list(EDGE), other.list(EDGE)].map((reply) => assert.rejects(reply));
    while (other.emulator.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
    await other.emulator.close();
    await Promise.all(pending);
  });
});
