import assert from "node:assert/strict";
import { formatPath } from "../../provider/common/json";
import { describeDifferences, differences } from "../../provider/core/drift/compare";
import { hasCredentials, secretPaths } from "../../provider/core/schema/secrets";
import { serviceTask } from "../../provider/services/service-task/definition";
import { changed, restfulToWebhook, UNKNOWN, vcnInput } from "../support/arguments";
import { checked } from "../support/checks";

describe("secrets: URLs", () => {
  const secret = [
    "rtsp://user:password@10.0.0.1/live",
    "rtsp://user@10.0.0.1/live",
    "rtsp://admin:pa/ss@10.0.0.1:554/live",
    "rtsp://admin:pa?ss@10.0.0.1/live",
    "rtsp://admin:pa#ss@10.0.0.1/live",
    "https://host/x?token=abc",
    "https://host/x?a=1&X-Amz-Signature=abc",
    "https://host/x?AccessKeyId=abc",
    "https://host/live?user=admin&pwd=1234",
    "https://host/live?sig=abc",
    "https://host/x#access_token=abc",
    "https://host/x?a=b?password=c",
    ...[
      "key",
      "code",
      "ticket",
      "jwt",
      "sid",
      "otp",
      "session",
      "X-Functions-Key",
      "stream_key",
      "auth_code",
    ].map((name) => `https://host/x?page=1&${name}=abc`),
    "https://host/x?%6bey=abc",
    "https://host/x;code=abc",
  ];
  const open = [
    "https://100.xx.xx.xx:xxxx",
    "http://xxxx",
    "https://livestream.com/live/stream-test",
    "rtsp://10.0.0.1:554/live",
    "https://host/x?page=1&token=",
    "https://host/token/x?page=1",
    "https://host/x?codec=h264&keyframe=2&country=de&pinned=1",
    "",
  ];
  for (const url of secret) it(`has credentials: ${url}`, () => assert.ok(hasCredentials(url)));
  for (const url of open) it(`has none: ${url}`, () => assert.ok(!hasCredentials(url)));
});

describe("secrets: paths", () => {
  const paths = (args: unknown) => secretPaths(serviceTask.arguments, args).map(formatPath).sort();

  it("are header values, the password, and URLs with credentials", () => {
    assert.deepEqual(paths(restfulToWebhook), [
      'input.data[0].headers["Content-Type"]',
      'output.webhook.headers["Content-Type"]',
    ]);
    assert.deepEqual(paths({ input: vcnInput }), ["input.vcn.password"]);
    const url = { type: "url", data: [{ url: "https://open" }, { url: "rtsp://a:b@c/d" }] };
    assert.deepEqual(paths({ input: url }), ["input.data[1].url"]);
  });

  it("are URLs with credentials wherever they stand", () => {
    const [url, open] = ["https://hooks.example/x?code=abc", "https://hooks.example/x"];
    const args = (text: string) => ({
      description: `see ${text} there`,
      config: { callback: text, deep: [{ url: text }] },
      input: { type: "edgecamera", data: [{ id: "c", tag: [{ live: text }] }] },
    });
    assert.deepEqual(paths(args(open)), []);
    assert.deepEqual(paths(args(url)), [
      "config.callback",
      "config.deep[0].url",
      "description",
      "input.data[0].tag[0].live",
    ]);
  });

  it("are found where the type of the input is unknown, misspelt or missing", () => {
    for (const type of [UNKNOWN, "VCN", undefined, 7]) {
      assert.ok(paths({ input: { ...vcnInput, type } }).includes("input.vcn.password"));
    }
  });

  it("are found beside mistakes", () => {
    const { secrets, refused } = checked({
      ...restfulToWebhook,
      constructor: 1,
      input: { ...vcnInput, extra: true },
    });
    assert.deepEqual([...refused].sort(), ["constructor", "input.extra"]);
    assert.ok(secrets.map(formatPath).includes("input.vcn.password"));
  });
});

describe("secrets: texts of differences", () => {
  const describe_ = (a: unknown, b: unknown) => describeDifferences(differences(a, b));
  const vcn = { ...restfulToWebhook, input: vcnInput };

  it("name paths, and which side has nothing there", () => {
    const without = changed(restfulToWebhook, "description", undefined);
    assert.equal(describe_(restfulToWebhook, without), "description (only here)");
    assert.equal(describe_(without, restfulToWebhook), "description (only at the service)");
    const other = changed(restfulToWebhook, "description", "another");
    assert.equal(describe_(restfulToWebhook, other), "description");
  });

  it("never print a value, secret or not: the program may have made it one", () => {
    const texts = changed(restfulToWebhook, "description", "canary-1");
    const config = (value: string) => ({ ...restfulToWebhook, config: { deep: [{ password: value }] } });
    for (const [a, b] of [
      [texts, changed(restfulToWebhook, "description", "canary-2")],
      [config("canary-1"), config("canary-2")],
      [{ output: { dis: { streamName: "canary-1" } } }, { output: { dis: { streamName: "canary-2" } } }],
    ]) {
      const text = describe_(a, b);
      assert.notEqual(text, "");
      assert.ok(!text.includes("canary"), text);
    }
  });

  it("never print secret ones, whichever side has them", () => {
    const pairs: readonly [unknown, unknown][] = [
      [vcn, changed(vcn, "input.vcn.password", "canary-2")],
      [vcn, changed(vcn, "input.vcn", undefined)],
      [changed(vcn, "input", undefined), vcn],
      [changed(restfulToWebhook, "output.webhook.headers", { A: "canary" }), restfulToWebhook],
      [{ output: {} }, { output: { webhook: { url: "https://x", headers: { A: "canary" } } } }],
      [
        { input: { type: "url", data: [{ url: "https://x" }] } },
        { input: { type: "url", data: [{ url: "https://a:canary@x" }] } },
      ],
      [
        { input: { type: "url", data: [] } },
        { input: { type: "url", data: [{ url: "https://a:canary@x" }] } },
      ],
    ];
    for (const [a, b] of pairs) {
      for (const text of [describe_(a, b), describe_(b, a)]) {
        assert.notEqual(text, "");
        assert.ok(!text.includes("canary"), text);
      }
    }
  });
});
