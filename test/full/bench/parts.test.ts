import assert from "node:assert/strict";
import fc from "fast-check";
import { figure, meets } from "../../../tools/bench/figures";
import { OptionError, parseOptions, roundsFor } from "../../../tools/bench/options";
import { median, medianRatio, orderOf } from "../../../tools/bench/statistics";
import { report, table } from "../../../tools/bench/table";

describe("bench: statistics", () => {
  it("takes the middle value, or the mean of the two in the middle", () => {
    assert.equal(median([5]), 5);
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 3, 2]), 2.5);
    assert.throws(() => median([]), RangeError);
  });

  it("a median has as many values above it as below, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values);
        const above = values.filter((value) => value > middle).length;
        const below = values.filter((value) => value < middle).length;
        assert.ok(above <= values.length / 2 && below <= values.length / 2);
        assert.equal(median([...values].reverse()), middle);
      }),
    );
  });

  it("compares the sides of each round, so that a slow round does not count", () => {
    // The machine was ten times slower in the second round, for both.
    assert.equal(medianRatio([2, 20, 2], [1, 10, 1]), 2);
    assert.throws(() => medianRatio([1, 2], [1]), RangeError);
  });

  it("lets every second round begin at the other end", () => {
    assert.deepEqual(
      [0, 1, 2].map((round) => orderOf(["a", "b", "c"], round).join("")),
      ["abc", "cba", "abc"],
    );
  });
});

describe("bench: figures", () => {
  it("are judged by what is printed", () => {
    const target = { atMost: 1.25 };
    const raw = { group: 1, name: "up", unit: "x" } as const;
    assert.equal(figure({ ...raw, value: 1.2502, target }).met, true);
    assert.equal(figure({ ...raw, value: 1.2512, target }).met, false);
    assert.equal("met" in figure({ ...raw, value: 1.2502 }), false);
    assert.deepEqual([meets(1.4, { atLeast: 1.4 }), meets(1.39, { atLeast: 1.4 })], [true, false]);
  });

  const figures = [
    figure({ group: 1, name: "up", size: 1000, value: 1.5, unit: "x", target: { atMost: 1.25 } }),
    figure({ group: 3, name: "refresh", size: 10, value: 2, unit: "calls", target: { atMost: 15 } }),
    figure({ group: 5, name: "state", value: 1811, unit: "bytes" }),
  ];

  it("make a table in which columns stand below each other", () => {
    assert.deepEqual(table(figures).split("\n"), [
      "figure   resources        value   target",
      "up           1,000       1.50 x  <= 1.25  NOT MET",
      "refresh         10      2 calls    <= 15  met",
      "state               1,811 bytes",
    ]);
  });

  it("make a report by groups, which counts the targets", () => {
    const text = report(figures);
    assert.deepEqual(text.match(/^\d\. /gm), ["1. ", "3. ", "5. "]);
    assert.match(text, /1 of 2 met$/);
  });
});

describe("bench: options", () => {
  it("have defaults for a complete run", () => {
    const options = parseOptions([]);
    assert.ok(options);
    assert.deepEqual(options.groups, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(options.sizes, [10, 200, 1000]);
    assert.deepEqual([options.engine, options.rounds], [undefined, undefined]);
    assert.deepEqual([roundsFor(options, 200), roundsFor(options, 1000)], [3, 1]);
  });

  it("are read", () => {
    const options = parseOptions([
      "--groups",
      "6,3,3",
      "--sizes=20,5",
      "--rounds",
      "7",
      "--engine",
      "standin",
    ]);
    assert.deepEqual(options, {
      groups: [6, 3],
      sizes: [5, 20],
      rounds: 7,
      engine: "standin",
      json: ".bench/results.json",
    });
    assert.equal(roundsFor({ rounds: 7 }, 1000), 7);
    assert.equal(parseOptions(["--help"]), undefined);
  });

  it("are refused where they make no sense", () => {
    const wrong = [
      ["--groups", "9"],
      ["--sizes", "0"],
      ["--sizes", "a"],
      ["--rounds", "1.5"],
      ["--engine", "x"],
    ];
    for (const args of [...wrong, ["--fast"], ["3"]]) {
      assert.throws(() => parseOptions(args), OptionError, args.join(" "));
    }
  });
});
