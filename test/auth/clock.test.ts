import assert from "node:assert/strict";
import { IamClient } from "../../provider/services/api/iam";
import { Connections } from "../../provider/services/auth/connection";
import { resolveSettings } from "../../provider/services/auth/settings";
import { systemClock } from "../../provider/common/clock";
import { Deadline } from "../../provider/common/deadline";
import { failureKind } from "../../provider/common/errors";
import { Transport } from "../../provider/services/http/transport";
import { DEFAULT_ACCESS_KEY, type Emulator, startEmulator } from "../../testkit/emulator";
import { stack } from "./support";

const limit = (): Deadline =>
  new Deadline("the test", 60_000, { clock: systemClock, signal: new AbortController().signal });
const HOUR_MS = 3_600_000;

for (const skewMs of [-HOUR_MS, HOUR_MS]) {
  describe(`a cloud whose clock differs by ${skewMs / HOUR_MS} h`, () => {
    let emulator: Emulator;
    before(async () => {
      emulator = await startEmulator({ clock: { start: Date.now() + skewMs } });
    });
    after(() => emulator.close());

    const open = (secretKey: string): Connections => {
      const { region, endpoints } = emulator;
      const values = { region, accessKey: DEFAULT_ACCESS_KEY.accessKey, secretKey };
      const settings = resolveSettings([stack({ ...values, endpoints: JSON.stringify(endpoints) })], {});
      return new Connections(
        settings,
        new IamClient(new Transport({ clock: systemClock, env: {} })),
        systemClock,
      );
    };

    it("refuses one signature, and none after it", async () => {
      emulator.clearRequests();
      const connections = open(DEFAULT_ACCESS_KEY.secretKey);
      assert.equal(await connections.connect().projectId(limit()), emulator.projectId);
      const other = await connections.connect({ region: "eu-nl" }).projectId(limit()).catch(failureKind);
      assert.equal(other, "unauthenticated");
      assert.deepEqual(
        emulator.requests.map(({ status }) => status),
        // The last one is of a scope that the emulator has not, with a date that it accepts.
        [401, 200, 401],
      );
    });

    it("refuses a wrong key twice, and the error names the clock", async () => {
      emulator.clearRequests();
      const projectId = open("wrong").connect().projectId(limit());
      await assert.rejects(projectId, (error: Error) => {
        assert.match(
          error.message,
          /401 APIGW\.0301.*the access key from the stack configuration.*it is 60 min/s,
        );
        return !error.message.includes(DEFAULT_ACCESS_KEY.accessKey);
      });
      assert.equal(emulator.requests.length, 2);
    });
  });
}
