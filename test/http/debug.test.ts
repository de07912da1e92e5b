import assert from "node:assert/strict";
import fc from "fast-check";
import { debugLines, debugSink } from "../../provider/services/http/debug";
import { possibleSecretsOf } from "../../provider/common/secrets";
import { Transport } from "../../provider/services/http/transport";
import { FakeClock } from "../support/fake-clock";
import { closeServices, create, failureOf, request, serve } from "./support";

const answer = (text: string, headers: readonly (readonly [string, string])[] = []) => ({
  answered: true as const,
  status: 200,
  text,
  headers,
  header: (name: string) => headers.find(([known]) => known === name)?.[1],
});
const lines = (
  body: unknown,
  result: Parameters<typeof debugLines>[0]["result"],
  secrets: readonly string[] = [],
): string => {
  const url = new URL("https://user-canary:pass-canary@h.example/p?limit=2");
  const wire = {
    method: "POST" as const,
    url,
    headers: { Authorization: "canary" },
    body: JSON.stringify(body),
  };
  return debugLines({ wire, result, ms: 12.4, secrets }).join("\n");
};

const clock = new FakeClock();

describe("debug output", () => {
  afterEach(closeServices);

  it("shows method, address, status, duration, request id, headers and bodies of every attempt", async () => {
    const shown: string[] = [];
    const service = await serve(
      { status: 401, body: { error_code: "APIGW.0307", error_msg: "no" } },
      {
        status: 200,
        headers: { "X-Request-Id": "id-1", "X-Subject-Token": "canary" },
        body: { id: "task-1" },
      },
    );
    const transport = new Transport({ clock, env: {}, debug: (line) => shown.push(line) });
    const body = { name: "task-test", vcn: { password: "canary-p" } };
    await transport.send(create(service, { body, query: { limit: 2 } }), clock.deadline());
    const text = shown.join("\n");
    assert.match(text, /POST http:\/\/127\S+\/v1\/p\/tasks\?limit=2 → 401 in \d+ ms/);
    assert.match(text, /→ 200 \(request id id-1\) in \d+ ms/);
    assert.match(text, /> Content-Type: application\/json\n/);
    assert.match(text, /> X-Auth-Token: \*\*\*\n/);
    assert.match(text, /> \{"name":"task-test","vcn":\{"password":"\*\*\*"\}\}/);
    assert.match(text, /< x-subject-token: \*\*\*\n/);
    assert.match(text, /< \{"id":"task-1"\}/);
    assert.doesNotMatch(text, /canary|token-\d/);
  });

  it("says why there was no answer", async () => {
    const shown: string[] = [];
    const service = await serve("drop");
    const transport = new Transport({ clock, env: {}, maxRetries: 0, debug: (line) => shown.push(line) });
    await failureOf(transport.send(request(service), clock.deadline()));
    assert.match(shown[0] ?? "", /→ no answer: .+ in \d+ ms/);
  });

  it("masks what is secret by place, URL or the given secrets, also in texts that are no JSON", () => {
    const sent = {
      url: "rtsp://me:canary@camera.example/1?key=canary",
      output: { webhook: { headers: { "X-A": "canary", list: ["canary"] } } },
      auth: { identity: { password: { user: { name: "u", password: "canary" } } } },
      tags: { given: "x" },
    };
    const html = answer('<html title="given">canary.given</html>', [["set-cookie", "canary"]]);
    const text = lines(sent, html, ["canary", "given"]);
    assert.doesNotMatch(text, /canary|given/);
    assert.match(text, /"name":"u"/);
    assert.doesNotMatch(lines(sent, answer("{}")), /canary/);
  });

  it("shows names, ids, states and times, and of all else only where it stands", () => {
    const open = {
      id: "id-1",
      name: "task-test",
      service_name: "faces",
      state: "RUNNING",
      created_at: "2026-01-01T00:00:00Z",
      count: 3,
      schedule: { type: "daily", timezone: "+00:00" },
      error_code: "X.1",
      error_msg: "broken",
    };
    const hidden = {
      description: "canary",
      input: { type: "url", data: [{ url: "https://canary.example", port: 4711, id: "canary" }] },
      output: { dis: { stream_name: "canary" }, obs: { bucket: "canary", path: "canary" } },
      config: { name: "canary", flag: true, deep: [{ id: "canary", pin: 4711 }] },
      service_config: { common: { type: "canary" } },
      tag: [{ id: "canary" }],
      camera: "canary",
    };
    const text = lines({ ...open, ...hidden }, answer(JSON.stringify({ tasks: [{ ...open, ...hidden }] })));
    assert.doesNotMatch(text, /canary|4711|true/);
    const shown = JSON.stringify(open).slice(1, -1);
    assert.equal(text.split(shown).length, 3, text);
    assert.match(
      text,
      /"input":\{"type":"url","data":\[\{"url":"\*\*\*","port":"\*\*\*","id":"\*\*\*"\}\]\}/,
    );
  });

  it("shows no given secret, whatever the answer is", () => {
    const secret = fc.stringMatching(/^[a-z0-9]{12}§$/);
    const place = fc.func(fc.constantFrom("key", "value", "text", "header"));
    fc.assert(
      fc.property(secret, fc.string(), place, (value, noise, where) => {
        const hidden = { key: { [value]: noise }, value: { a: [noise + value] }, text: value, header: noise };
        const chosen = where();
        const body = chosen === "text" ? `${noise}${value}` : JSON.stringify(hidden[chosen]);
        const text = lines({ noise }, answer(body, [["x-odd", `a ${value}`]]), [value]);
        assert.equal(text.includes(value), false);
      }),
    );
  });

  it("takes no time that the run would notice for a batch of hundreds of cameras", () => {
    const sources = Array.from({ length: 300 }, (_, index) => ({
      stream_name: `stream-of-${index}`,
      url: `rtsp://user:canary-${index}@camera-${index}.example.com/live`,
    }));
    const body = { name: "batch", batch_input: { data: sources } };
    const begin = performance.now();
    const text = lines(body, answer(JSON.stringify({ tasks: sources })), possibleSecretsOf(body));
    assert.ok(performance.now() - begin < 5000);
    assert.doesNotMatch(text, /canary|camera/);
  });

  it("takes no time either where the tasks of a service have thousands of secrets", () => {
    const secrets = Array.from({ length: 5000 }, (_, index) => `canary of the task ${index}`);
    const headers = Array.from({ length: 40 }, (_, index) => [`x-${index}`, "value"] as const);
    const begin = performance.now();
    assert.doesNotMatch(
      lines({}, answer(JSON.stringify({ name: secrets[0] }), headers), secrets),
      /of the task/,
    );
    assert.ok(performance.now() - begin < 3000);
  });

  it("cuts long bodies after masking, and is one line a header", () => {
    const text = lines({}, answer(JSON.stringify({ long: "x".repeat(50_000) }), [["x-a", "a\nb"]]));
    assert.ok(text.length < 22_000);
    assert.match(text, /x-a: a b\n/);
  });

  it("is written only where the environment asks for it", () => {
    assert.equal(debugSink({}), undefined);
    assert.equal(debugSink({ VIDEO_ANALYSIS_DEBUG: "" }), undefined);
    assert.ok(debugSink({ VIDEO_ANALYSIS_DEBUG: "1" }));
  });
});
