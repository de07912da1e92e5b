import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, getAt, isObject, type Bag } from "../../provider/common/json";
import { differences, projectTasks } from "../../provider/lifecycle/differences";
import { serviceTask } from "../../provider/resources/service-task/definition";
import { autoName, pathsIn, RUNS, validArguments, type Path } from "../support/arbitraries";
import { withAt } from "../support/arguments";
import { checked, diffed } from "../support/checks";
import { echo, manner, plainly } from "../support/echo";

const inputs = fc
  .tuple(validArguments, autoName)
  .map(([args, name]) => checked({ autoName: name, ...args }).inputs);

/** Fields whose values are sets: a change shows at the set and not at one place in it. */
const SETS = new Set(["daysOfWeek", "daysOfMonth", "periods", "dataCategory"]);
const observed = new Set(serviceTask.observed);

/** Whether a value at the path is one that a read shows and a person could change at the service. */
function isObservableLeaf(args: Bag, path: Path): boolean {
  if (!observed.has(String(path[0])) || formatPath(path) === "input.type") return false;
  const value = getAt(args, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function other(path: Path, value: unknown): unknown {
  const field = path[path.length - 1];
  if (formatPath(path) === "schedule.type") return String(value).toLowerCase() === "once" ? "daily" : "once";
  if (field === "executionMode") return String(value).toLowerCase() === "period" ? "frequency" : "period";
  if (field === "timezone") return value === "+11:15" ? "+11:00" : "+11:15";
  if (field === "beginAt" || field === "endAt") return `${String(value).slice(0, -8)}24:00:00`;
  if (typeof value === "number") return -value - 1;
  return typeof value === "boolean" ? !value : `${String(value)}x`;
}

const notEmpty = (path: Path): Path => path.slice(0, path.findIndex((part) => SETS.has(String(part))) + 1);

/** The property that a change at the path is reported at. */
const reportedAt = (path: Path): Path =>
  path.some((part) => SETS.has(String(part))) ? notEmpty(path) : path;

describe("property: projection", () => {
  it("gives the inputs back, however the service spells and completes them", () => {
    fc.assert(
      fc.property(inputs, manner, fc.boolean(), (args, how, oneTask) => {
        const lives = echo(args, how, oneTask);
        assert.deepEqual(projectTasks(serviceTask, args, lives, lives.length), args);
      }),
      RUNS,
    );
  });

  it("does so for tasks in any order", () => {
    fc.assert(
      fc.property(inputs, manner, (args, how) => {
        const lives = echo(args, how).reverse();
        assert.deepEqual(projectTasks(serviceTask, args, lives, lives.length), args);
      }),
      RUNS,
    );
  });

  it("shows a leaf that was changed at the service as exactly that property", () => {
    fc.assert(
      fc.property(inputs, fc.boolean(), fc.nat(), (args, oneTask, pick) => {
        const paths = pathsIn(args).filter((path) => isObservableLeaf(args, path));
        const path = paths[pick % paths.length] ?? [];
        const value = other(path, getAt(args, path));
        const lives = echo(withAt(args, path, value), plainly, oneTask);
        const projected = projectTasks(serviceTask, args, lives, lives.length);
        const where = reportedAt(path);
        const found = differences(args, projected);
        assert.ok(found.length > 0, `${formatPath(path)} is not seen`);
        for (const { path: at } of found) assert.deepEqual(at.slice(0, where.length), where);
        if (where === path) assert.deepEqual(getAt(projected, path), value);
        // Whatever a read shows as drift, the next diff against the program puts right.
        assert.deepEqual(diffed({ ...projected, nameIsDefault: false }, args).replaces, [path[0]]);
      }),
      RUNS,
    );
  });

  it("shows what appears where the program left something out that has a fixed meaning", () => {
    const additions: readonly [string, Bag][] = [
      ["description", { description: "changed by hand" }],
      ["config", { config: { added: true } }],
      ["output.obs", { output: { obs: { bucket: "b", path: "p" } } }],
      ["output.dis", { output: { dis: { streamName: "s" } } }],
    ];
    fc.assert(
      fc.property(inputs, fc.constantFrom(...additions), (args, [path, addition]) => {
        const at = path.split(".");
        const old = getAt(args, at);
        fc.pre(old === undefined || old === "" || (isObject(old) && Object.keys(old).length === 0));
        fc.pre(path !== "config" || old === undefined);
        const [top = ""] = at;
        const live = {
          ...args,
          [top]: at.length === 1 ? addition[top] : { ...(args[top] as Bag), ...(addition[top] as Bag) },
        };
        const lives = echo(live, plainly);
        assert.deepEqual(projectTasks(serviceTask, args, lives, lives.length), live);
      }),
      RUNS,
    );
  });

  it("takes the entries of tasks that are gone out of the sources", () => {
    fc.assert(
      fc.property(inputs, fc.nat(), (args, pick) => {
        const lives = echo(args, plainly);
        fc.pre(lives.length > 1);
        const gone = pick % lives.length;
        const rest = lives.filter((_, index) => index !== gone);
        const projected = projectTasks(serviceTask, args, rest, lives.length);
        const { data } = args.input as { data: unknown[] };
        // Equal sources are told apart by nothing: any one of them may be the one that is left out.
        const left = (projected.input as { data: unknown[] }).data
          .map((source) => JSON.stringify(source))
          .sort();
        const wanted = data
          .filter((_, index) => index !== gone)
          .map((source) => JSON.stringify(source))
          .sort();
        assert.deepEqual(left, wanted);
      }),
      RUNS,
    );
  });
});
