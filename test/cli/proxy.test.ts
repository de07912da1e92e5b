/** The commands behind a proxy. */
import assert from "node:assert/strict";
import { LittleProxy } from "../http/little-proxy";
import { diagnose } from "./doctor/support";

describe("commands behind a proxy that never answers", () => {
  let proxy: LittleProxy;
  before(async () => {
    proxy = await new LittleProxy("silent").listen();
  });
  after(() => proxy.close());

  it("end in the time that they were given, name it, and say what NO_PROXY does not do", async () => {
    const { status, checks, stdout, stderr } = await diagnose(
      ["--timeout", "1", "--config", "region=eu-de"],
      {
        env: {
          HW_AUTH_TOKEN: "token-canary",
          HTTPS_PROXY: `http://user:password-canary@${proxy.host}`,
          NO_PROXY: "100.125.0.0/16",
        },
      },
    );
    assert.equal(status, 1);
    for (const id of ["endpoint-iam", "endpoint-modelarts", "authentication"] as const) {
      assert.equal(checks[id].status, "failed", id);
      assert.ok(checks[id].detail.includes(`http://${proxy.host} (HTTPS_PROXY)`), checks[id].detail);
    }
    assert.equal(stderr.match(/^warning: NO_PROXY: 100\.125\.0\.0\/16 /gm)?.length, 1, stderr);
    assert.doesNotMatch(stdout + stderr, /canary/);
    assert.ok(proxy.asked.includes("modelarts.eu-de.otc.t-systems.com:443"));
  });
});
