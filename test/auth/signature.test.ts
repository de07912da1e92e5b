import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { toUSVString } from "node:util";
import fc from "fast-check";
import { AKSKSigner } from "@huaweicloud/huaweicloud-sdk-core/auth/AKSKSigner";
import { authorization, canonicalRequest, signingDate } from "../../provider/services/auth/signature";
import { RUNS } from "../support/tier";

/** The published example of the signing guide. */
const KEY = { accessKey: "QTWAOYTTINDUT2QVKYUC", secretKey: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc" };
const DATE = "20191115T033655Z";
const EXAMPLE = {
  method: "GET",
  url: new URL(
    "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs" +
      "?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
  ),
  headers: {
    "Content-Type": "application/json",
    Host: "service.region.example.com",
    "X-Sdk-Date": DATE,
  },
};

describe("signatures", () => {
  it("agree with the published example", () => {
    const hash = createHash("sha256").update(canonicalRequest(EXAMPLE)).digest("hex");
    assert.equal(hash, "b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
    assert.equal(
      authorization(EXAMPLE, KEY, DATE),
      "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, " +
        "Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
    );
  });

  it("are dated in UTC without fractions", () => {
    assert.equal(signingDate(Date.parse("2019-11-15T03:36:55.987Z")), DATE);
  });

  it("of the scoped form name their scope and depend on every part of it", () => {
    const scope = { region: "eu-de", service: "modelarts" };
    const value = authorization(EXAMPLE, KEY, DATE, scope);
    assert.match(
      value,
      /^SDK-HMAC-SHA256 Credential=QTWAOYTTINDUT2QVKYUC\/20191115\/eu-de\/modelarts\/sdk_request, SignedHeaders=/,
    );
    const others = [
      authorization(EXAMPLE, KEY, DATE),
      authorization(EXAMPLE, KEY, DATE, { ...scope, region: "eu-nl" }),
      authorization(EXAMPLE, KEY, DATE, { ...scope, service: "vias" }),
      authorization(EXAMPLE, KEY, "20191116T033655Z", scope),
    ];
    const signatures = [value, ...others].map((text) => text.slice(-64));
    assert.equal(new Set(signatures).size, signatures.length);
  });

  it("sort queries by encoded name, then value, and keep empty values", () => {
    const url = new URL("https://h.example/p?b=2&a=%20&b=1&c&a-=x");
    const [, , query] = canonicalRequest({ ...EXAMPLE, url }).split("\n");
    assert.equal(query, "a=%20&a-=x&b=1&b=2&c=");
  });

  it("sign any URL", () => {
    fc.assert(
      fc.property(
        fc.webUrl({ withQueryParameters: true, withFragments: true }),
        fc.string(),
        (text, body) => {
          const request = { ...EXAMPLE, url: new URL(text), body };
          assert.match(authorization(request, KEY, DATE), /Signature=[0-9a-f]{64}$/);
        },
      ),
    );
  });
});

describe("signatures and the vendor's own", () => {
  // What the vendor's URL parser leaves alone in a path: it takes a raw one, and encodes other characters twice.
  const segment = fc.string({
    unit: fc.constantFrom(..."abzAZ09-_.~!()*@$&+,=:摄像头é".split("")),
    minLength: 1,
    maxLength: 12,
  });
  const path = fc.array(
    segment.filter((text) => text !== "." && text !== ".."),
    { minLength: 1, maxLength: 6 },
  );
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,10}$/);
  const text = fc.string({ unit: "grapheme", maxLength: 20 }).map(toUSVString);
  const query = fc.dictionary(name, text, { noNullPrototype: true, maxKeys: 6 });
  const key = fc.stringMatching(/^[A-Za-z0-9]{16,40}$/);
  const header = fc.stringMatching(/^[!-~]([ -~]{0,20}[!-~])?$/);
  const body = fc.option(
    fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { noNullPrototype: true, minKeys: 1 }),
    {
      nil: undefined,
    },
  );

  it("are the same, byte for byte", () => {
    fc.assert(
      fc.property(
        fc.record({
          path,
          query,
          accessKey: key,
          secretKey: key,
          project: header,
          token: header,
          body,
          method: fc.constantFrom("GET", "POST", "PUT", "DELETE"),
          at: fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
        }),
        (given) => {
          const date = signingDate(given.at.getTime());
          const common = {
            Accept: "application/json",
            "User-Agent": "pulumi-video-analysis",
            "X-Project-Id": given.project,
            "X-Sdk-Date": date,
            "X-Security-Token": given.token,
          };
          const origin = "https://modelarts.eu-de.example.com";
          const theirs = AKSKSigner.sign(
            {
              endpoint: `${origin}/${given.path.join("/")}`,
              method: given.method,
              headers: { ...common },
              queryParams: given.query,
              data: given.body,
            },
            { getAk: () => given.accessKey, getSk: () => given.secretKey } as never,
          ) as Record<string, string>;

          const search = Object.entries(given.query).map((pair) => pair.map(encodeURIComponent).join("="));
          const url = new URL(
            `${origin}/${given.path.map(encodeURIComponent).join("/")}?${search.join("&")}`,
          );
          const request = { method: given.method, url, headers: { ...common, Host: url.host } };
          const ours = authorization(
            given.body === undefined ? request : { ...request, body: JSON.stringify(given.body) },
            given,
            date,
          );
          assert.equal(ours, theirs["Authorization"]);
        },
      ),
      { numRuns: 3 * RUNS },
    );
  });
});
