/** The layers that a command takes its settings from. */
import assert from "node:assert/strict";
import { configurationOf, optionsLayer } from "../../cli/stack/configuration/layers";
import { resolveSettings } from "../../provider/services/auth/settings";
import { configurationSources } from "../../provider/services/configured";

const withCode = (code: string) => (error: unknown) => (error as { code?: string }).code === code;

describe("configuration layers", () => {
  const layer = (values: object, sealed: string[] = []) => {
    const named = Object.entries(values).map(([key, value]) => [`video-analysis:${key}`, value as string]);
    return {
      values: Object.fromEntries(named) as Record<string, string>,
      sealed: sealed.map((key) => `video-analysis:${key}`),
      secrets: [],
    };
  };
  const KEYS = ["region", "projectId", "token", "accessKey", "secretKey"];
  const resolved = (...layers: ReturnType<typeof layer>[]) => {
    const { request, sealed } = configurationOf(layers);
    const found = KEYS.map((key) => [key, request.config.get(`video-analysis:${key}`)]);
    return { sealed, ...Object.fromEntries(found.filter(([, value]) => value !== undefined)) } as object;
  };

  it("takes settings key by key, and who calls from one layer only", () => {
    assert.deepEqual(
      resolved(
        layer({ region: "a", accessKey: "ak" }),
        layer({ region: "b", projectId: "p", secretKey: "sk" }),
      ),
      { sealed: false, region: "a", projectId: "p", accessKey: "ak" },
    );
  });

  it("passes a bundle over of which a part is encrypted, and remembers that", () => {
    const closed = layer({ accessKey: "ak", region: "a" }, ["secretKey"]);
    assert.deepEqual(resolved(closed), { sealed: true, region: "a" });
    assert.deepEqual(resolved(closed, layer({ token: "t" })), { sealed: true, region: "a", token: "t" });
    assert.deepEqual(resolved(layer({ token: "t" }), closed), { sealed: false, region: "a", token: "t" });
  });

  it("names --config for what is given there, and the stack's configuration for the rest", () => {
    const { request } = configurationOf([
      optionsLayer(["region=eu-de", "token=t", "projectId=0123"]),
      layer({ region: "eu-nl", projectName: "site", projectId: "4567", accessKey: "ak", secretKey: "sk" }),
    ]);
    const { origins, credentials, ...settings } = resolveSettings(configurationSources(request), {});
    assert.deepEqual([settings.region, settings.projectId, credentials?.kind], ["eu-de", "0123", "token"]);
    const sources = (["region", "token", "projectId", "projectName"] as const).map(
      (key) => origins[key]?.source,
    );
    const stack = "the stack configuration or provider";
    assert.deepEqual(sources, ["--config", "--config", "--config", stack]);
  });

  it("never quotes the value of an option", () => {
    assert.throws(
      () => optionsLayer(["tokn=canary-token"]),
      (error: Error) => withCode("CONFIGURATION")(error) && !error.message.includes("canary"),
    );
    assert.deepEqual(optionsLayer(["token=a=b"]).values, { "video-analysis:token": "a=b" });
  });
});
