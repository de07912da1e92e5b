/** Values that no request can carry. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import { changed, fileOnIef, restfulToWebhook } from "../support/arguments";
import { failuresOf } from "../support/checks";

describe("validate: what no request can carry", () => {
  const SDK_TEXT =
    "Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value of an Output<T> …";

  it("is the SDK's text for an Output, wherever it is", () => {
    const url = `rtsp://${SDK_TEXT}/live`;
    const cases: readonly [PropertyMap, string][] = [
      [changed(restfulToWebhook, "input.data[0].url", url), "input.data[0].url"],
      [{ ...restfulToWebhook, description: `for ${SDK_TEXT}` }, "description"],
      [{ ...fileOnIef, config: { a: [{ b: SDK_TEXT.replace("toString", "toJSON") }] } }, "config.a[0].b"],
      [{ ...fileOnIef, config: { [SDK_TEXT]: 1 } }, "config"],
      [{ ...fileOnIef, triggers: [SDK_TEXT] }, "triggers[0]"],
    ];
    for (const [args, path] of cases) assert.match(failuresOf(args)[path] ?? "", /`\.apply`/, path);
  });

  it("is white space or a control character in a URL", () => {
    for (const url of ["rtsp://a b/c", "rtsp://a/b\n", "rtsp://a/\u0000", "rtsp://a/\u0085", " rtsp://a"]) {
      assert.ok("input.data[0].url" in failuresOf(changed(restfulToWebhook, "input.data[0].url", url)), url);
      assert.ok(
        "output.webhook.url" in failuresOf(changed(restfulToWebhook, "output.webhook.url", url)),
        url,
      );
    }
  });

  it("is a number without a value, and says so", () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const failures = failuresOf({ ...fileOnIef, config: { a: [value] } });
      assert.deepEqual(failures, { "config.a[0]": "expected a finite number" });
    }
  });

  it("is what is nested deeper than a hundred levels, however deep", () => {
    const nested = (levels: number): PropertyMap => {
      let value: PropertyMap = {};
      for (let level = 0; level < levels; level += 1) value = { a: value };
      return value;
    };
    assert.deepEqual(failuresOf({ ...fileOnIef, config: nested(90) }), {});
    for (const levels of [101, 50_000]) {
      assert.match(
        failuresOf({ ...fileOnIef, config: nested(levels) })["config.a.a"] ?? "",
        /deeper than 100/,
      );
    }
  });
});
