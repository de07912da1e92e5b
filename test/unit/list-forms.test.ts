import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import type { LiveTask } from "../../provider/core/contract";
import { ListForms } from "../../provider/services/shared/list-forms";
import { FakeClock } from "../support/fake-clock";
import { requestError } from "../support/fake-service";

const deadline = new FakeClock().deadline();

const task = (args: PropertyMap): LiveTask => ({
  id: "task-1",
  name: "site",
  state: "RUNNING",
  args,
  outputFields: {},
});

/** Listed tasks that are shown otherwise where `shown` says so. */
class Service {
  shows = 0;
  readonly forms = new ListForms();

  constructor(readonly shown: (args: PropertyMap) => PropertyMap = (args) => args) {}

  confirm(args: PropertyMap): Promise<LiveTask | "equal" | undefined> {
    return this.forms.confirm(task(args), deadline, () => {
      this.shows += 1;
      return Promise.resolve(task(this.shown(args)));
    });
  }
}

describe("forms of lists", () => {
  it("are compared with a show once for tasks of the same fields", async () => {
    const service = new Service();
    const all = await Promise.all(
      [1, 2, 3].map((number) => service.confirm({ url: `rtsp://camera-${number}` })),
    );
    assert.equal(all.filter((each) => each === "equal").length, 2);
    assert.equal(service.shows, 1);
  });

  it("are compared anew for other fields, and for values that services may show otherwise", async () => {
    const service = new Service();
    const kinds: PropertyMap[] = [
      { url: "rtsp://camera" },
      { url: "rtsp://camera", description: "gate" },
      { url: "rtsp://camera", description: " gate" },
      { url: "rtsp://camera", description: "Gate" },
      { url: "rtsp://camera", description: "gäte" },
      { url: "rtsp://camera", description: "" },
      { url: "rtsp://camera", description: "g".repeat(500) },
      { url: "rtsp://user:word@camera" },
      { url: "rtsp://camera/" },
      { url: 1 },
    ];
    for (const args of kinds) assert.notEqual(await service.confirm(args), "equal", JSON.stringify(args));
    assert.equal(service.shows, kinds.length);
    for (const args of kinds) assert.equal(await service.confirm(args), "equal", JSON.stringify(args));
  });

  it("count for nothing where a show has another form", async () => {
    const service = new Service(({ url }) => ({ url: `${String(url)}/` }));
    for (const number of [1, 2, 3]) {
      const shown = await service.confirm({ url: `rtsp://camera-${number}` });
      assert.ok(shown !== undefined && shown !== "equal");
      assert.equal(shown.args.url, `rtsp://camera-${number}/`);
    }
  });

  it("are not known after a show that fails, or that finds nothing", async () => {
    const forms = new ListForms();
    const args = { url: "rtsp://camera" };
    await assert.rejects(forms.confirm(task(args), deadline, () => Promise.reject(requestError("server"))));
    assert.equal(await forms.confirm(task(args), deadline, () => Promise.resolve(undefined)), undefined);
    assert.notEqual(await forms.confirm(task(args), deadline, () => Promise.resolve(task(args))), "equal");
  });

  it("are waited for until the end of the own deadline, where the show of another takes longer", async () => {
    const forms = new ListForms();
    const args = { url: "rtsp://camera" };
    let end = (): void => undefined;
    const slow = new Promise<undefined>((resolve) => (end = () => resolve(undefined)));
    const first = forms.confirm(task(args), deadline, () => slow);
    const short = new FakeClock().deadline(20);
    await assert.rejects(
      forms.confirm(task(args), short, () => Promise.resolve(task(args))),
      { code: "TIMEOUT" },
    );
    end();
    assert.equal(await first, undefined);
  });
});
