import assert from "node:assert/strict";
import fc from "fast-check";
import { formatPath, getAt, type PropertyMap } from "../../provider/common/json";
import { differences, projectTasks } from "../../provider/core/drift/compare";
import { autoName, pathsIn, type Path } from "../support/arbitraries";
import { withAt } from "../support/arguments";
import { echoBatch, manner, plainly, sourcesOfBatch } from "../support/echo";
import { SUBJECTS, type Subject } from "../support/subjects";

const inputsOf = ({ validArguments, checked }: Subject): fc.Arbitrary<PropertyMap> =>
  fc.tuple(validArguments, autoName).map(([args, name]) => checked({ autoName: name, ...args }).inputs);

/** Fields whose values are sets: a change shows at the set and not at one place in it. */
const SETS = new Set(["daysOfWeek", "daysOfMonth", "periods", "dataCategory"]);
/** Whether a value at the path is one that a read shows and a person could change at the service. */
function isObservableLeaf({ definition }: Subject, args: PropertyMap, path: Path): boolean {
  // Of a batch's sources reads show only which there are, which is tested by itself.
  if (!definition.observed.includes(String(path[0])) || path[0] === "batchInput") return false;
  if (formatPath(path) === "input.type") return false;
  const value = getAt(args, path);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function other(path: Path, value: unknown): unknown {
  const field = path[path.length - 1];
  if (formatPath(path) === "schedule.type" || formatPath(path) === "timing.type")
    return String(value).toLowerCase() === "once" ? "daily" : "once";
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

for (const subject of SUBJECTS)
  describe(`property: projection of ${subject.definition.type}`, () => {
    const { definition, echo, diffed } = subject;
    const inputs = inputsOf(subject);

    it("gives the inputs back, however the service spells and completes them", () => {
      fc.assert(
        fc.property(inputs, manner, fc.boolean(), (args, how, oneTask) => {
          const lives = echo(args, how, oneTask);
          assert.deepEqual(projectTasks(definition, args, { tasks: lives }), args);
        }),
      );
    });

    it("does so for tasks in any order", () => {
      fc.assert(
        fc.property(inputs, manner, (args, how) => {
          const lives = echo(args, how).reverse();
          assert.deepEqual(projectTasks(definition, args, { tasks: lives }), args);
        }),
      );
    });

    it("shows a leaf that was changed at the service as exactly that property", () => {
      fc.assert(
        fc.property(inputs, fc.boolean(), fc.nat(), (args, oneTask, pick) => {
          const paths = pathsIn(args).filter((path) => isObservableLeaf(subject, args, path));
          const path = paths[pick % paths.length] ?? [];
          const value = other(path, getAt(args, path));
          const lives = echo(withAt(args, path, value), plainly, oneTask);
          const projected = projectTasks(definition, args, { tasks: lives });
          const where = reportedAt(path);
          const found = differences(args, projected);
          assert.ok(found.length > 0, `${formatPath(path)} is not seen`);
          for (const { path: at } of found) assert.deepEqual(at.slice(0, where.length), where);
          if (where === path) assert.deepEqual(getAt(projected, path), value);
          // Whatever a read shows as drift, the next diff against the program puts right.
          const { replaces, changes } = diffed({ ...projected, nameIsDefault: false }, args);
          assert.deepEqual(replaces, subject.replaces(args, path) ? [path[0]] : []);
          assert.notEqual(changes, false);
        }),
      );
    });

    it("shows what appears where the program left something out that has a fixed meaning", () => {
      fc.assert(
        fc.property(inputs, fc.constantFrom(...subject.additions), (args, [path, addition]) => {
          const at = path.split(".");
          const old = getAt(args, at);
          fc.pre(old === undefined || (path === "description" && old === ""));
          const live = withAt(args, at, addition);
          const lives = echo(live, plainly);
          assert.deepEqual(projectTasks(definition, args, { tasks: lives }), live);
        }),
      );
    });

    // The sub-tasks of a batch are not tasks of the resource.
    if (!definition.observed.includes("input")) return;

    it("takes the entries of tasks that are gone out of the sources", () => {
      fc.assert(
        fc.property(inputs, fc.nat(), (args, pick) => {
          const lives = echo(args, plainly);
          fc.pre(lives.length > 1);
          const gone = pick % lives.length;
          const rest = lives.filter((_, index) => index !== gone);
          const projected = projectTasks(definition, args, { tasks: rest, total: lives.length });
          const { data } = args.input as { data: unknown[] };
          // Equal sources cannot be distinguished: any one of them may be the one that is left out.
          const left = (projected.input as { data: unknown[] }).data
            .map((source) => JSON.stringify(source))
            .sort();
          const wanted = data
            .filter((_, index) => index !== gone)
            .map((source) => JSON.stringify(source))
            .sort();
          assert.deepEqual(left, wanted);
        }),
      );
    });
  });

describe("property: projection of the sources of a batch", () => {
  const [, subject] = SUBJECTS;
  assert.ok(subject);
  const { definition } = subject;
  const inputs = inputsOf(subject);
  type Groups = { videoSourceList: { videoSourceId: string }[] }[];
  const groupsOf = (args: PropertyMap): Groups =>
    (args.batchInput as { videoSourceGroup: Groups }).videoSourceGroup;
  const projected = (args: PropertyMap, sources: readonly string[]): Groups =>
    groupsOf(projectTasks(definition, args, { tasks: echoBatch(args, plainly, false, sources), total: 1 }));
  const isOpen = (args: PropertyMap): boolean =>
    groupsOf(args).some(({ videoSourceList }) => videoSourceList.length === 0);

  it("takes those out that have no sub-task any more", () => {
    fc.assert(
      fc.property(inputs, fc.nat(), (args, pick) => {
        const sources = sourcesOfBatch(args);
        fc.pre(sources.length > 1);
        const gone = sources[pick % sources.length];
        const groups = groupsOf(args).map((group) => ({
          ...group,
          videoSourceList: group.videoSourceList.filter(({ videoSourceId }) => videoSourceId !== gone),
        }));
        const left = sources.filter((source) => source !== gone);
        // A group without a list stands for all of its sources, so that nothing can be said of any.
        assert.deepEqual(projected(args, left), isOpen(args) ? groupsOf(args) : groups);
      }),
    );
  });

  it("puts those that nobody recorded into the last group", () => {
    fc.assert(
      fc.property(inputs, (args) => {
        fc.pre(!isOpen(args));
        const groups = groupsOf(args);
        const wanted = groups.map((group, index) =>
          index < groups.length - 1
            ? group
            : { ...group, videoSourceList: [...group.videoSourceList, { videoSourceId: "foreign" }] },
        );
        assert.deepEqual(projected(args, [...sourcesOfBatch(args), "foreign"]), wanted);
      }),
    );
  });
});
