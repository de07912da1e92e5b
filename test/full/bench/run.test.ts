/** A run of the bench with so few resources that no time means anything: what is looked at is what comes out. */
import assert from "node:assert/strict";
import { findCli } from "../../../tools/stack/cli";
import { bench, RESULTS_VERSION, type Results } from "../../../tools/bench/bench";
import { cli } from "../../../tools/bench/engines/cli";
import { OPERATIONS } from "../../../tools/bench/engines/engine";
import type { Figure } from "../../../tools/bench/figures";
import { KINDS } from "../../../tools/bench/kinds";

const SIZE = 3;
/** Time for the processes of a small run on a machine that has other things to do as well, in milliseconds. */
const TIMEOUT = 480_000;

describe("bench: a small run", function () {
  this.timeout(TIMEOUT);
  let results: Results;
  const named = (name: string): Figure => {
    const found = results.figures.find((figure) => figure.name === name);
    assert.ok(found, `there is a figure "${name}"`);
    return found;
  };

  before(async () => {
    const run = await bench({ groups: [3, 5, 6], sizes: [SIZE], rounds: 1 });
    // As it is in the file.
    results = JSON.parse(JSON.stringify(run)) as Results;
  });

  it("says what was measured where", () => {
    assert.equal(results.version, RESULTS_VERSION);
    assert.equal(results.engine, "the engine stand-in");
    assert.equal(results.node, process.version);
    assert.deepEqual([results.groups, results.sizes], [[3, 5, 6], [SIZE]]);
    assert.ok(Number.isFinite(Date.parse(results.startedAt)) && results.processors > 0);
  });

  it("has figures of the groups that were asked for, each with a value and judged if it has a target", () => {
    assert.deepEqual([...new Set(results.figures.map(({ group }) => group))], [3, 5, 6]);
    for (const { name, value, unit, target, met } of results.figures) {
      // A difference of two times of a single round can be anything.
      assert.ok(Number.isFinite(value) && (value >= 0 || unit === "ms"), name);
      assert.ok(["x", "calls", "bytes", "MiB", "ms"].includes(unit), name);
      assert.equal(typeof met, target === undefined ? "undefined" : "boolean", name);
    }
    const names = results.figures.map(({ name, size = 0 }) => `${name} ${size}`);
    assert.equal(new Set(names).size, names.length, "no figure is there twice");
  });

  it("counts the calls of every operation and kind", () => {
    for (const { name } of KINDS) {
      assert.equal(named(`preview of ${name}`).value, 0, "a preview calls nobody");
      assert.ok(named(`up of ${name}`).value >= SIZE);
      assert.ok(named(`destroy of ${name}`).value >= SIZE);
    }
    assert.equal(named("refresh of ServiceTask").value, 1, "one page has three tasks");
    assert.equal(named("refresh of VideoAnalysisJob").value, 1);
    assert.equal(
      named("refresh of BatchTask").value,
      2 + SIZE,
      "two lists, and the details of one sub-task each",
    );
    assert.ok(named("destroy of ServiceTask, pages of 100").value >= SIZE);
  });

  it("keeps outputs beyond the inputs below 1 kB, and the state as small as that of the floor", () => {
    for (const { name } of KINDS) assert.equal(named(`outputs of ${name} beyond its inputs`).met, true);
    const { value } = named("exported state, against the floor");
    // The floor is built to be as large: were it not, its times would be no floor of these.
    assert.ok(value > 0.95 && value < 1.05, String(value));
    assert.ok(named("exported state: times smaller than the usual way").value > 1);
  });

  it("keeps the samples that a figure comes from", () => {
    const { samples } = named("start of a program with the package, against one without");
    assert.deepEqual(Object.keys(samples ?? {}), ["with", "without"]);
    assert.ok(Object.values(samples ?? {}).every((values) => values.length === 1));
  });
});

describe("bench: the plugin against the dynamic classes", function () {
  this.timeout(TIMEOUT);

  it("has no figures on the stand-in, which starts no plugins, and says so", async () => {
    const said: string[] = [];
    const progress = (text: string): void => void said.push(text);
    const { figures } = await bench({ groups: [7], sizes: [SIZE], rounds: 1, progress });
    assert.deepEqual(figures, []);
    assert.match(said.join("\n"), /group 7 needs a Pulumi CLI/);
  });

  it("times every operation, and makes as many calls (on a Pulumi CLI)", async function () {
    const version = findCli();
    if (version === undefined) this.skip();
    const { figures } = await bench({ groups: [7], sizes: [SIZE], rounds: 1, engine: cli(version) });
    for (const operation of OPERATIONS) {
      const [time, calls] = [" on the plugin, against", "calls of "].map((text) =>
        figures.find(({ name }) => name.includes(operation) && name.includes(text)),
      );
      assert.ok(time !== undefined && time.value > 0);
      const { plugin, ours } = calls?.samples ?? {};
      assert.ok(operation !== "preview" || plugin?.[0] === 0, "a preview calls nobody");
      assert.ok(plugin?.length === 1 && ours?.length === 1);
    }
  });
});
