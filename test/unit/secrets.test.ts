import assert from "node:assert/strict";
import { formatPath } from "../../provider/common/json";
import { describeDifferences, differences } from "../../provider/lifecycle/differences";
import { hasCredentials, secretPaths } from "../../provider/lifecycle/secrets";
import { serviceTask } from "../../provider/resources/service-task/definition";
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
  ];
  const open = [
    "https://100.xx.xx.xx:xxxx",
    "http://xxxx",
    "https://livestream.com/live/stream-test",
    "rtsp://10.0.0.1:554/live",
    "https://host/x?page=1&token=",
    "https://host/token/x?page=1",
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
  const describe_ = (a: unknown, b: unknown) => describeDifferences(serviceTask, differences(a, b));
  const vcn = { ...restfulToWebhook, input: vcnInput };

  it("print open values", () => {
    assert.equal(
      describe_(restfulToWebhook, changed(restfulToWebhook, "description", undefined)),
      'description: "hello world" here, nothing at the service',
    );
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
        assert.ok(text.includes("[secret]"), text);
        assert.ok(!text.includes("canary"), text);
      }
    }
  });
});
