import assert from "node:assert/strict";
import fc from "fast-check";
import { getAt, isObject, type PropertyMap } from "../../provider/common/json";
import { projectTasks } from "../../provider/core/drift/compare";
import { Echo } from "../../provider/core/drift/echo";
import type { LiveTask } from "../../provider/core/contract";
import { shownOtherwise } from "../../provider/core/drift/shown-fields";
import { autoName, type Path } from "../support/arbitraries";
import { withAt } from "../support/arguments";
import { plainly } from "../support/echo";
import { SUBJECTS, type Subject } from "../support/subjects";

/** Forms in which a service may show a value that it was sent. */
const FORMS: readonly ((value: unknown) => unknown)[] = [
  (value) => value,
  (value) => value,
  (value) => (typeof value === "string" ? `${value}/` : value),
  (value) => (typeof value === "string" ? value.trim().toUpperCase() : value),
  (value) => (typeof value === "string" ? value.slice(1) : value),
  (value) => (typeof value === "boolean" ? Number(value) : String(value)),
  () => "xxxxx",
  () => "**",
  () => "******",
  () => 0,
  () => undefined,
];

type Form = (field: string, value: unknown) => number;

/** A fixed, arbitrary form for each value of each field, ids and names aside. */
const form: fc.Arbitrary<Form> = fc
  .func(fc.nat(FORMS.length - 1))
  .map((pick) => (field, value) => pick(field, JSON.stringify(value)));

const KEPT = new Set(["name", "batchInput", "executionMode"]);

function formed(value: unknown, how: Form, field: string): unknown {
  if (KEPT.has(field) || value === undefined) return value;
  // A declared field that is empty must be absent: another value is drift.
  if (value === "" && !/config/i.test(field)) return value;
  if (Array.isArray(value)) return value.map((item) => formed(item, how, field));
  if (isObject(value)) {
    if (field.endsWith(".headers") && how(field, value) % 3 === 0) return undefined;
    const entries = Object.entries(value).map(([key, item]) => [
      key,
      formed(item, how, field === "" ? key : `${field}.${key}`),
    ]);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  return FORMS[how(field, value)]?.(value);
}

const shaped = (task: LiveTask, how: Form): LiveTask => ({
  ...task,
  args: formed(task.args, how, "") as PropertyMap,
  ...(task.parts === undefined ? {} : { parts: task.parts.map((part) => shaped(part, how)) }),
});

const inputsOf = ({ validArguments, checked }: Subject): fc.Arbitrary<PropertyMap> =>
  fc.tuple(validArguments, autoName).map(([args, name]) => checked({ autoName: name, ...args }).inputs);

/** The echo of a create, where all tasks show the written values. */
function recorded({ definition }: Subject, args: PropertyMap, lives: readonly LiveTask[]): Echo {
  const fields = shownOtherwise(definition, args, lives);
  return Echo.none.after(
    new Set(definition.observed),
    fields,
    lives.map(({ id }) => id),
  );
}

/** Leaves of strings that a task shows. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return [path];
  if (Array.isArray(value)) return value.flatMap((item, index) => leavesOf(item, [...path, index]));
  return isObject(value)
    ? Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]))
    : [];
}

for (const subject of SUBJECTS)
  describe(`property: forms in which ${subject.definition.type} is shown`, () => {
    const { definition, echo } = subject;
    const inputs = inputsOf(subject);

    it("are nothing to record where all is shown as it was written", () => {
      fc.assert(
        fc.property(inputs, fc.boolean(), (args, oneTask) => {
          assert.deepEqual(recorded(subject, args, echo(args, plainly, oneTask)).output(), {});
        }),
      );
    });

    it("are no drift while they stay, whatever they are and in any order of the tasks", () => {
      fc.assert(
        fc.property(inputs, form, fc.boolean(), (args, how, oneTask) => {
          const lives = echo(args, plainly, oneTask).map((task) => shaped(task, how));
          const known = Echo.in(recorded(subject, args, lives).output());
          assert.deepEqual(projectTasks(definition, args, { tasks: lives, echo: known }), args);
          assert.deepEqual(projectTasks(definition, args, { tasks: lives.reverse(), echo: known }), args);
        }),
      );
    });

    it("hide no value that another one takes the place of", () => {
      fc.assert(
        fc.property(inputs, form, fc.nat(), (args, how, pick) => {
          const lives = echo(args, plainly, true).map((task) => shaped(task, how));
          const known = recorded(subject, args, lives);
          const [task] = lives as [LiveTask];
          const [first] = task.parts ?? [task];
          const shown = (first as LiveTask).args;
          const fields = definition.observed.filter((key) => !KEPT.has(key));
          const paths = fields
            .flatMap((key) => leavesOf(shown[key], [key]))
            .filter((path) => hasMeaning(path));
          fc.pre(paths.length > 0);
          const path = paths[pick % paths.length] as Path;
          const other = withAt(shown, path, "changed-by-hand");
          const changed: LiveTask =
            task.parts === undefined
              ? { ...task, args: other }
              : {
                  ...task,
                  parts: task.parts.map((part, index) => (index === 0 ? { ...part, args: other } : part)),
                };
          fc.pre(getAt(args, path) !== undefined);
          assert.notDeepEqual(
            projectTasks(definition, args, { tasks: [changed], echo: known }),
            args,
            path.join("."),
          );
        }),
      );
    });
  });

/** The mode of a schedule follows from its fields, and selectors decide which fields there are. */
const hasMeaning = (path: Path): boolean => !["executionMode", "type"].includes(String(path.at(-1)));
