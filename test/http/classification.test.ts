import assert from "node:assert/strict";
import fc from "fast-check";
import { classify } from "../../provider/services/http/classification";
import { parseErrorBody } from "../../provider/services/http/error-body";

function classed(status: number, body: unknown): string {
  const { kind, action } = classify(
    status,
    parseErrorBody(typeof body === "string" ? body : JSON.stringify(body)),
  );
  return `${kind} ${action}`;
}
const coded = (code: string, message = "text"): unknown => ({ error_code: code, error_msg: message });

describe("classification", () => {
  const rows: readonly (readonly [number, unknown, string])[] = [
    [404, coded("APIG.0101"), "not-published fail"],
    [404, coded("APIGW.0101"), "not-published fail"],
    [400, coded("APIG.0101"), "not-published fail"],
    [404, coded("APIG.0105"), "not-published fail"],
    [404, coded("ModelArts.0101"), "not-found fail"],
    [404, coded("ModelArts.3502"), "not-found fail"],
    [404, { error: { code: 404, title: "Not Found", message: "no such project" } }, "not-found fail"],
    [404, "<html>404</html>", "malformed fail"],
    [404, "", "malformed fail"],
    [404, { message: "no route matched" }, "malformed fail"],
    [404, { error: { code: 404, message: "of a foreign gateway" } }, "malformed fail"],
    [404, '{"error_code":"ModelArts.35', "malformed fail"],
    [400, coded("ModelArts.3822", "The task does not exist."), "not-found fail"],
    [400, coded("ModelArts.4612", "The task does not exist."), "not-found fail"],
    [400, coded("ModelArts.4700", "The task does not exist."), "not-found fail"],
    [400, coded("IVA.0001"), "unauthenticated reauthenticate"],
    [401, coded("IVA.0001"), "unauthenticated reauthenticate"],
    [401, coded("VAS.0013"), "unauthenticated reauthenticate"],
    [400, coded("IVA.0002"), "invalid fail"],
    [400, coded("IVA.0004"), "invalid fail"],
    [400, coded("VAS.0005"), "invalid fail"],
    [400, coded("IVA.0005"), "not-found fail"],
    [404, coded("IVA.0005"), "not-found fail"],
    [404, coded("VAS.0002"), "not-found fail"],
    [400, coded("IVA.0006"), "server repeat"],
    [500, coded("IVA.0006"), "server repeat"],
    [503, coded("IVA.0010"), "server repeat"],
    [504, coded("IVA.0010"), "gateway-timeout repeat"],
    [403, coded("IVA.0007"), "forbidden fail"],
    [400, coded("IVA.0014"), "forbidden fail"],
    [400, coded("IVA.0011"), "quota fail"],
    [400, coded("IVA.0012"), "quota fail"],
    [404, coded("IVA.0101"), "not-published fail"],
    [400, coded("ModelArts.0005"), "invalid fail"],
    [503, coded("ModelArts.4700", "gateway stopping"), "server repeat"],
    [400, coded("ModelArts.3519"), "conflict fail"],
    [409, coded("ModelArts.5044"), "conflict fail"],
    [409, "", "conflict fail"],
    [400, coded("ModelArts.0101"), "invalid fail"],
    [400, coded("ModelArts.0118"), "quota fail"],
    [400, coded("ModelArts.3520"), "quota fail"],
    [400, coded("ModelArts.0116"), "quota fail"],
    [400, coded("VIAS.00010002"), "not-found fail"],
    [400, coded("VIAS.00010007"), "not-found fail"],
    [400, coded("VIAS.0010008"), "not-found fail"],
    [400, coded("VIAS.00010001"), "invalid fail"],
    [400, coded("VIAS.00010004"), "invalid fail"],
    [400, coded("VIAS.00010003"), "conflict fail"],
    [400, coded("VIAS.00010011"), "conflict fail"],
    [500, coded("VIAS.00010012"), "conflict fail"],
    [400, coded("VIAS.0010045"), "invalid fail"],
    [400, coded("VIAS.0010047"), "quota fail"],
    [400, coded("VIAS.00010048"), "quota fail"],
    [500, coded("VIAS.00010006"), "server repeat"],
    [500, coded("VIAS.00010009"), "server repeat"],
    [400, coded("VIAS.00010016"), "server repeat"],
    [401, coded("VIAS.00010005"), "unauthenticated reauthenticate"],
    [401, coded("VIAS.00010021"), "forbidden fail"],
    [400, coded("ModelArts.10002"), "invalid fail"],
    [401, coded("APIG.0307"), "unauthenticated reauthenticate"],
    [401, coded("APIGW.0307"), "unauthenticated reauthenticate"],
    [401, coded("ModelArts.0202"), "unauthenticated reauthenticate"],
    [401, coded("IAM.0066"), "unauthenticated reauthenticate"],
    [401, coded("X.1", "The token must be updated."), "unauthenticated reauthenticate"],
    [401, coded("APIG.0301", "token expires, expires_at: 2026"), "unauthenticated reauthenticate"],
    [403, coded("APIGW.0301", "… information: decrypt token fail"), "unauthenticated reauthenticate"],
    [403, coded("APIG.0307", "The token must be updated"), "unauthenticated reauthenticate"],
    [401, coded("APIGW.0301", "signature expired, signature time: 2026"), "unauthenticated correctClock"],
    [401, coded("APIGW.0301", "verify signature failed, token: x"), "unauthenticated correctClock"],
    [401, coded("APIG.0301"), "unauthenticated correctClock"],
    [401, coded("APIGW.0303"), "unauthenticated correctClock"],
    [401, coded("APIG.0305"), "unauthenticated fail"],
    [401, coded("ModelArts.0203"), "unauthenticated fail"],
    [401, "", "unauthenticated fail"],
    [403, coded("APIG.0307"), "forbidden fail"],
    [403, coded("ModelArts.0210"), "forbidden fail"],
    [405, "", "not-published fail"],
    [405, coded("APIG.0501"), "quota fail"],
    [413, coded("ModelArts.4104"), "invalid fail"],
    [429, "", "throttled throttle"],
    [429, coded("APIG.0308"), "throttled throttle"],
    [500, coded("ModelArts.0010"), "server repeat"],
    [500, coded("APIG.0605"), "server fail"],
    [500, coded("APIG.0601"), "server repeat"],
    [502, "<html></html>", "server repeat"],
    [503, "", "server repeat"],
    [504, coded("APIG.0203"), "gateway-timeout repeat"],
    [501, "", "server fail"],
    [302, "", "malformed fail"],
    [413, "", "invalid fail"],
  ];
  for (const [status, body, expected] of rows) {
    it(`${status} ${JSON.stringify(body)} is ${expected}`, () =>
      assert.equal(classed(status, body), expected));
  }

  it("takes no answer without a documented error body for a missing object", () => {
    const body = fc.oneof(fc.string(), fc.json());
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), body, (status, text) => {
        assert.notEqual(classify(status, parseErrorBody(text)).kind, "not-found");
      }),
    );
  });
});

describe("error bodies", () => {
  it("reads the flat, the renamed and the nested form", () => {
    const flat = parseErrorBody('{"error_code":"A.1","error_msg":"m","request_id":"r"}');
    assert.deepEqual(flat, { documented: true, code: "A.1", message: "m", requestId: "r" });
    assert.equal(parseErrorBody('{"error_code":"A.1","error_message":"m"}').message, "m");
    const nested = parseErrorBody('{"error":{"code":401,"message":"m","title":"Unauthorized"}}');
    assert.deepEqual(nested, { documented: true, code: "401", message: "m" });
  });

  it("is total", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => typeof parseErrorBody(text) === "object"),
    );
  });
});
