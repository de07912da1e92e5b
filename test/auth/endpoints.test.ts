import assert from "node:assert/strict";
import fc from "fast-check";
import { signingFormOf } from "../../provider/services/auth/clouds";
import {
  deriveCloud,
  endpointOf,
  type HostSettings,
  isDerived,
  normalizeEndpoint,
  type Service,
  SERVICES,
  whyNoEndpoint,
} from "../../provider/services/auth/endpoints";

const NOTHING: HostSettings = { endpoints: {} };
const iamAt = (iam: string, more: Partial<HostSettings> = {}): HostSettings => ({
  endpoints: { iam },
  ...more,
});
/** The cloud, or the text that says why there is none. */
const cloudOf = (region: string, hosts: HostSettings = NOTHING): string => {
  const found = deriveCloud(region, hosts);
  return "cloud" in found ? found.cloud : found.problem;
};

describe("endpoints", () => {
  it("follow from region and cloud", () => {
    const cases: readonly (readonly [Service, string, string])[] = [
      ["modelarts", "eu-de", "https://modelarts.eu-de.otc.t-systems.com"],
      ["iam", "eu-nl", "https://iam.eu-nl.otc.t-systems.com"],
      ["modelarts", "eu-west-101", "https://modelarts.eu-west-101.myhuaweicloud.eu"],
      ["vias", "cn-north-4", "https://vias.cn-north-4.myhuaweicloud.com"],
      ["iva", "ap-southeast-1", "https://iva.ap-southeast-1.myhuaweicloud.com"],
      ["modelarts", "eu-ch2", "https://modelarts.eu-ch2.sc.otc.t-systems.com"],
      ["iam", "eu-ch2", "https://iam-pub.eu-ch2.sc.otc.t-systems.com"],
      // Published there, unlike its neighbours.
      ["modelarts", "ap-southeast-1", "https://modelarts.ap-southeast-1.myhuaweicloud.cn"],
      ["modelarts", "ap-southeast-3", "https://modelarts.ap-southeast-3.myhuaweicloud.com"],
    ];
    for (const [service, region, url] of cases) assert.equal(endpointOf(service, region, NOTHING), url);
  });

  for (const service of ["vias", "iva"] as const) {
    it(`of ${service} do not exist on Open Telekom Cloud unless they are configured`, () => {
      const endpoints = { [service]: "https://example.com" };
      for (const region of ["eu-de", "eu-nl", "eu-ch2"]) {
        assert.throws(() => endpointOf(service, region, NOTHING), { code: "CONFIGURATION" });
        assert.equal(endpointOf(service, region, { endpoints }), "https://example.com");
      }
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

describe("the cloud of a region", () => {
  it("is that of a listed region, the configured one, or that of the IAM address", () => {
    assert.equal(cloudOf("eu-de"), "otc.t-systems.com");
    assert.equal(cloudOf("eu-ch2"), "sc.otc.t-systems.com");
    assert.equal(cloudOf("eu-de", { cloud: "private.example", endpoints: {} }), "private.example");
    for (const iam of ["https://iam.eu-xx.otc.t-systems.com", "https://iam.otc.t-systems.com"]) {
      assert.equal(cloudOf("eu-xx", iamAt(iam)), "otc.t-systems.com");
    }
    const swiss = "https://iam-pub.eu-ch9.sc.otc.t-systems.com";
    assert.equal(cloudOf("eu-ch9", iamAt(swiss)), "sc.otc.t-systems.com");
    // A gateway of one's own in front of IAM says nothing of the region.
    assert.equal(cloudOf("eu-de", iamAt("https://iam.gateway.example")), "otc.t-systems.com");
  });

  it("decides on the form of signatures", () => {
    assert.deepEqual(
      ["otc.t-systems.com", "sc.otc.t-systems.com", "myhuaweicloud.com", "myhuaweicloud.eu", undefined].map(
        signingFormOf,
      ),
      ["scoped", "scoped", "plain", "plain", "plain"],
    );
  });

  for (const [typed, meant] of [
    ["eu-ed", "eu-de"],
    ["eude", "eu-de"],
    ["eu-ln", "eu-nl"],
    ["cn-nroth-4", "cn-north-4"],
    ["ap-southeast1", "ap-southeast-1"],
  ] as const) {
    it(`belongs to no cloud for "${typed}", which asks whether "${meant}" is meant`, () => {
      assert.match(cloudOf(typed), new RegExp(`did you mean "${meant}"\\?.*video-analysis:cloud`));
      for (const service of SERVICES) {
        assert.throws(() => endpointOf(service, typed, NOTHING), { code: "CONFIGURATION" });
        assert.ok(whyNoEndpoint(service, typed, NOTHING) !== undefined);
      }
    });
  }

  it("does not follow from the address of another region, nor from one outside the known clouds", () => {
    assert.match(cloudOf("eu-ed", iamAt("https://iam.eu-de.otc.t-systems.com")), /did you mean "eu-de"/);
    for (const iam of [
      "https://iam.eu-xx.cloud.example",
      "https://keystone.example",
      "http://iam.eu-xx.otc.t-systems.com",
      "https://iam.eu-xx.otc.t-systems.com:8443",
      "https://evil.eu-xx.otc.t-systems.com",
      "https://iam.eu-xx.otc.t-systems.com.evil.example",
    ]) {
      assert.match(cloudOf("eu-xx", iamAt(iam)), /video-analysis:cloud/, iam);
    }
  });

  it("must be that of the IAM address and of the configuration", () => {
    const huawei = "https://iam.cn-north-4.myhuaweicloud.com";
    for (const hosts of [
      iamAt(huawei),
      iamAt(huawei, { cloud: "otc.t-systems.com" }),
      { cloud: "myhuaweicloud.com", endpoints: {} },
    ]) {
      assert.match(cloudOf("eu-de", hosts), /belongs to Open Telekom Cloud .*video-analysis:cloud/);
      assert.throws(() => endpointOf("modelarts", "eu-de", hosts), { code: "CONFIGURATION" });
    }
    const elsewhere = iamAt("https://iam-pub.eu-ch2.sc.otc.t-systems.com");
    assert.throws(() => endpointOf("modelarts", "cn-north-4", elsewhere), { code: "CONFIGURATION" });
  });

  it("matters only where no override says where the service is", () => {
    const hosts = { endpoints: { modelarts: "https://modelarts.example" } };
    assert.equal(endpointOf("modelarts", "anywhere", hosts), "https://modelarts.example");
    assert.throws(() => endpointOf("iam", "anywhere", hosts), { code: "CONFIGURATION" });
  });

  it("belongs to no cloud for what is no region", () => {
    const labels = fc.string().filter((text) => !/^[a-z0-9-]{1,64}$/.test(text));
    fc.assert(
      fc.property(fc.oneof(labels, fc.constant("evil.example:443/x")), (region) => {
        const hosts = { cloud: "otc.t-systems.com", endpoints: {} };
        assert.throws(() => endpointOf("modelarts", region, hosts), { code: "CONFIGURATION" });
      }),
    );
  });
});

describe("recorded endpoints", () => {
  const known = (recorded: string, hosts: HostSettings = NOTHING, region = "eu-de"): boolean =>
    isDerived(normalizeEndpoint("modelarts", recorded) ?? "", "modelarts", region, hosts);

  it("are known where they are derived for the region's own or the configured cloud", () => {
    assert.ok(known("https://modelarts.eu-de.otc.t-systems.com/"));
    const hosts = { cloud: "private.example", endpoints: {} };
    assert.ok(known("https://modelarts.eu-de.private.example", hosts));
    assert.ok(known("https://modelarts.eu-de.otc.t-systems.com", hosts));
    const [published, earlier] = ["cn", "com"].map(
      (end) => `https://modelarts.ap-southeast-1.myhuaweicloud.${end}`,
    );
    assert.ok(known(published ?? "", NOTHING, "ap-southeast-1"));
    assert.ok(known(earlier ?? "", NOTHING, "ap-southeast-1"));
  });

  for (const recorded of [
    "https://attacker.example",
    "https://modelarts.eu-de.myhuaweicloud.com",
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

  it("are not known in a region that nobody knows", () => {
    assert.ok(!known("https://modelarts.evil.otc.t-systems.com", NOTHING, "evil"));
    assert.ok(!known("https://evil.example:443/x.otc.t-systems.com", NOTHING, "evil.example:443/x"));
  });
});
