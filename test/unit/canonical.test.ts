import assert from "node:assert/strict";
import { equivalent } from "../../provider/core/schema/equivalence";
import { serviceTaskArguments } from "../../provider/services/service-task/schema";
import { taskSchedule } from "../../provider/services/shapes/schedule";

const { shape } = serviceTaskArguments;
const daily = { type: "daily", timezone: "+08:00", periods: [{ beginAt: "08:00:00", endAt: "20:00:00" }] };
const same = (a: object, b: object) => equivalent(taskSchedule, { ...daily, ...a }, { ...daily, ...b });

describe("canonical: equal in meaning", () => {
  it("letter case of enumerations, and of nothing else", () => {
    assert.ok(same({ type: "DAILY", executionMode: "Period" }, { type: "daily", executionMode: "period" }));
    assert.ok(!equivalent(shape.description, "A", "a"));
  });

  it("spellings of times", () => {
    const at = (beginAt: string) => ({ periods: [{ beginAt, endAt: "20:00:00" }] });
    assert.ok(same(at("08:00"), at("08:00:00")));
    assert.ok(same(at("2031-01-01 08:00:00"), at("2031-01-01T08:00:00")));
    assert.ok(same(at("08:00:00.000"), at("08:00:00")));
    assert.ok(!same(at("08:00:01"), at("08:00:00")));
    assert.ok(!same(at("2031-01-01T08:00:00"), at("08:00:00")));
  });

  it("spellings of offsets", () => {
    for (const timezone of ["+08:00", "+0800", "+8", "GMT+08:00", "UTC+8", "gmt+8:00"]) {
      assert.ok(same({ timezone }, {}), timezone);
    }
    assert.ok(!same({ timezone: "-08:00" }, {}));
    assert.ok(!same({ timezone: "+08:30" }, {}));
  });

  it("order of sets, also where the keys of their elements are written in another order", () => {
    assert.ok(same({ daysOfWeek: [1, 3, 2] }, { daysOfWeek: [3, 2, 1] }));
    assert.ok(!same({ daysOfWeek: [1, 2] }, { daysOfWeek: [1, 2, 3] }));
    const early = { beginAt: "08:00:00", endAt: "20:00:00" };
    const late = { beginAt: "09:00:00", endAt: "10:00:00" };
    const turned = ({ beginAt, endAt }: typeof early) => ({ endAt, beginAt });
    assert.ok(same({ periods: [early, late] }, { periods: [late, early] }));
    assert.ok(same({ periods: [early, late] }, { periods: [turned(early), turned(late)] }));
  });

  it("the order of sources is kept", () => {
    const url = (name: string) => ({ url: `https://files.example/${name}` });
    const input = (...names: string[]) => ({ type: "url", data: names.map(url) });
    assert.ok(equivalent(shape.input, input("a", "b"), input("a", "b")));
    assert.ok(!equivalent(shape.input, input("a", "b"), input("b", "a")));
  });

  it("empty and absent, of optional fields only", () => {
    assert.ok(equivalent(shape.description, undefined, ""));
    assert.ok(equivalent(shape.config, {}, undefined));
    assert.ok(
      equivalent(shape.output, { dis: { streamName: "s", dataCategory: [] } }, { dis: { streamName: "s" } }),
    );
    assert.ok(!equivalent(shape.output, { dis: { streamName: "" } }, { dis: {} }));
    assert.ok(!equivalent(shape.config, { a: 0 }, undefined));
  });

  it("is total over values of another shape", () => {
    for (const value of [null, 1, "x", [], [[]], { constructor: 1 }, { type: "none" }]) {
      for (const schema of Object.values(shape)) {
        assert.ok(equivalent(schema, value, value));
        equivalent(schema, value, "other");
      }
    }
  });
});
