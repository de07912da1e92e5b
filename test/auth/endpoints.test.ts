import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cloudOf,
  endpointOf,
  isKnownEndpoint,
  normalizeEndpoint,
  type Service,
  SERVICES,
} from "../../provider/auth/endpoints";

const OTC = "otc.t-systems.com";
const HUAWEI = "myhuaweicloud.com";

describe("endpoints", () => {
  it("follow from region and cloud", () => {
    const cases: readonly (readonly [Service, string, string])[] = [
      ["modelarts", "eu-de", "https://modelarts.eu-de.otc.t-systems.com"],
      ["iam", "eu-nl", "https://iam.eu-nl.otc.t-systems.com"],
      ["modelarts", "eu-west-101", "https://modelarts.eu-west-101.myhuaweicloud.eu"],
      ["vias", "cn-north-4", "https://vias.cn-north-4.myhuaweicloud.com"],
      ["iva", "ap-southeast-1", "https://iva.ap-southeast-1.myhuaweicloud.com"],
    ];
    for (const [service, region, url] of cases) {
      assert.equal(endpointOf(service, region, cloudOf(region), {}), url);
    }
  });

  for (const service of ["vias", "iva"] as const) {
    it(`of ${service} do not exist on Open Telekom Cloud unless they are configured`, () => {
      assert.throws(() => endpointOf(service, "eu-de", OTC, {}), { code: "CONFIGURATION" });
      const overrides = { [service]: "https://example.com" };
      assert.equal(endpointOf(service, "eu-de", OTC, overrides), "https://example.com");
    });
  }

  it("are compared without trailing slashes, and IAM's without its version; prefixes stay", () => {
    assert.equal(normalizeEndpoint("iam", "https://iam.example.com/v3/"), "https://iam.example.com");
    assert.equal(normalizeEndpoint("iam", "https://example.com/iam/v3"), "https://example.com/iam");
    assert.equal(normalizeEndpoint("modelarts", "https://example.com/v3//"), "https://example.com/v3");
    assert.equal(normalizeEndpoint("modelarts", "HTTPS://Example.com:443/a/"), "https://example.com/a");
  });

  for (const text of [
    "",
    "example.com",
    "ftp://example.com",
    "https://u:p@example.com",
    "https://e.com?x",
    "https://e.com#x",
  ]) {
    it(`cannot be ${JSON.stringify(text)}`, () => assert.equal(normalizeEndpoint("iam", text), undefined));
  }

  it("have one normal form", () => {
    const path = fc.array(fc.constantFrom("/", "/a", "/v3", "/%20", "//", "/."), { maxLength: 5 });
    fc.assert(
      fc.property(fc.constantFrom("http://a", "https://b.example:8443"), path, (origin, parts) => {
        for (const service of SERVICES) {
          const once = normalizeEndpoint(service, origin + parts.join(""));
          assert.ok(once !== undefined);
          assert.equal(normalizeEndpoint(service, once), once);
        }
      }),
    );
  });
});

describe("recorded endpoints", () => {
  const known = (recorded: string, overrides = {}, cloud = HUAWEI): boolean =>
    isKnownEndpoint(recorded, "modelarts", "eu-de", cloud, overrides);

  it("are known where they are derived for a known or the configured cloud, or configured today", () => {
    assert.ok(known("https://modelarts.eu-de.otc.t-systems.com"));
    assert.ok(known("https://modelarts.eu-de.myhuaweicloud.com/"));
    assert.ok(known("https://modelarts.eu-de.private.example", {}, "private.example"));
    assert.ok(known("http://127.0.0.1:8080/modelarts", { modelarts: "http://127.0.0.1:8080/modelarts" }));
  });

  for (const recorded of [
    "https://attacker.example",
    "https://modelarts.eu-de.otc.t-systems.com.attacker.example",
    "https://modelarts.eu-de.otc.t-systems.com@attacker.example",
    "https://modelarts.eu-de.otc.t-systems.com:8443",
    "https://modelarts.eu-de.otc.t-systems.com/prefix",
    "https://modelarts.eu-nl.otc.t-systems.com",
    "https://iam.eu-de.otc.t-systems.com",
    "http://modelarts.eu-de.otc.t-systems.com",
    "",
  ]) {
    it(`are not known as ${JSON.stringify(recorded)}`, () => assert.ok(!known(recorded)));
  }
});
