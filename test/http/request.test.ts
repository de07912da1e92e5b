import assert from "node:assert/strict";
import fc from "fast-check";
import { isVideoAnalysisError } from "../../provider/common/errors";
import { urlOf } from "../../provider/services/http/request";
import { anyText } from "./support";

const endpoint = "https://modelarts.example.com/prefix/";

describe("request URLs", () => {
  it("encode segments and parameters, keep the prefix and leave out what is undefined", () => {
    const url = urlOf({
      endpoint,
      path: ["v1", "a/b c"],
      query: { offset: 0, name_like: "x&y z", state: undefined },
    });
    assert.equal(url.href, "https://modelarts.example.com/prefix/v1/a%2Fb%20c?offset=0&name_like=x%26y%20z");
  });

  it("have the values of a list in alphabetical order, whatever the order of the argument", () => {
    const url = urlOf({ endpoint, path: ["v2"], query: { type: ["vcn", "camera", "obs"], status: [9, 1] } });
    assert.equal(url.search, "?type=camera&type=obs&type=vcn&status=1&status=9");
  });

  it("never leave the path that was meant, whatever an id holds", () => {
    fc.assert(
      fc.property(anyText, (id) => {
        try {
          const { pathname } = urlOf({ endpoint, path: ["v1", id, "tasks"] });
          assert.match(pathname, /^\/prefix\/v1\/[^/]+\/tasks$/);
        } catch (error) {
          assert.ok(isVideoAnalysisError(error) && error.code === "INVALID_ID");
        }
      }),
    );
  });

  for (const id of ["", ".", "..", "\ud800"]) {
    it(`refuse the segment ${JSON.stringify(id)}`, () => {
      assert.throws(() => urlOf({ endpoint, path: [id] }), { code: "INVALID_ID" });
    });
  }
});
