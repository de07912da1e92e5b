/** Group 6: what check, diff, projection and signing take by themselves. */
import { performance } from "node:perf_hooks";
import { authorization, DATE_HEADER, signingDate } from "../../../provider/services/auth/signature";
import type { PropertyMap } from "../../../provider/common/json";
import { RESOURCES } from "../../../provider/services";
import { check } from "../../../provider/core/operations/check";
import { diff } from "../../../provider/core/operations/diff";
import { project } from "../../../provider/core/drift/project";
import { isUnknown } from "../../../provider/fronts/engine/unknowns";
import { propertyOf } from "../../../provider/core/schema/field";
import type { Context } from "../context";
import { type Figure, figure, type Target } from "../figures";
import { KINDS, type Kind } from "../kinds";
import { median } from "../statistics";

/** Calls before the first measured one, so that the code is compiled. */
const WARM_UP = 2000;
/** Calls in a sample: together they take long enough for the clock. */
const BATCH = 200;
/** Samples of each side, in turns. */
const SAMPLES = 25;
/** Bound of one check, in milliseconds. */
const CHECK_TARGET: Target = { atMost: 1 };

interface Subject {
  readonly name: string;
  readonly run: () => unknown;
  readonly target?: Target;
}

export function micro({ options, progress }: Context): Figure[] {
  const rounds = options.rounds === undefined ? SAMPLES : Math.max(1, options.rounds);
  return KINDS.flatMap((kind) => {
    progress(`check, diff and projection of ${kind.name}`);
    const args: PropertyMap = kind.args(0);
    const reference = (): unknown => JSON.parse(JSON.stringify(args));
    const subjects = subjectsOf(kind, args);
    return subjects.flatMap((subject) => compare(subject, reference, rounds));
  });
}

function subjectsOf(kind: Kind, args: PropertyMap): Subject[] {
  const { definition } = RESOURCES[kind.name];
  const defaultName = "task-0123456789ab";
  const context = { isUnknown, configuredRegion: "eu-de", defaultName, warn: () => undefined };
  const inputs = check(definition, {}, args, context).inputs;
  const outputs = { ...inputs, stateVersion: 1, unfinished: [] };
  const live = JSON.parse(JSON.stringify(inputs)) as PropertyMap;
  const projected = definition.observed.flatMap((key) => {
    const schema = propertyOf(definition.arguments, key);
    return schema === undefined ? [] : [{ schema, recorded: inputs[key], live: live[key] }];
  });
  return [
    {
      name: `check of ${kind.name}`,
      run: () => check(definition, inputs, args, context),
      target: CHECK_TARGET,
    },
    { name: `diff of ${kind.name}`, run: () => diff(definition, outputs, inputs, undefined) },
    {
      name: `projection of ${kind.name}`,
      run: () => projected.map(({ schema, recorded, live: seen }) => project(schema, recorded, seen)),
    },
    ...(kind.name === "ServiceTask" ? signatures(JSON.stringify(inputs)) : []),
  ];
}

/** Both forms, of a POST with the body of a task. */
function signatures(body: string): Subject[] {
  const key = { accessKey: "BENCHACCESSKEY000001", secretKey: "benchSecretKey00000000000000000000000001" };
  const date = signingDate(Date.UTC(2026, 0, 1));
  const url = new URL(
    "https://modelarts.eu-de.otc.t-systems.com/v1/project/services/service/tasks?limit=100",
  );
  const headers = { Host: url.host, Accept: "application/json", [DATE_HEADER]: date };
  const request = { method: "POST", url, headers, body };
  const scope = { region: "eu-de", service: "modelarts" };
  return [
    { name: "plain signature of a create", run: () => authorization(request, key, date) },
    { name: "scoped signature of a create", run: () => authorization(request, key, date, scope) },
  ];
}

/** A subject against the reference, in turns. */
function compare({ name, run, target }: Subject, reference: () => unknown, rounds: number): Figure[] {
  for (const action of [run, reference]) repeat(action, WARM_UP);
  const samples: Record<"subject" | "copy", number[]> = { subject: [], copy: [] };
  for (let round = 0; round < rounds; round += 1) {
    samples.subject.push(timeOf(run));
    samples.copy.push(timeOf(reference));
  }
  const once = median(samples.subject);
  return [
    figure({
      group: 6,
      name: `${name}, against a copy of its arguments by JSON`,
      value: once / median(samples.copy),
      unit: "x",
      samples,
    }),
    figure({ group: 6, name, value: once, unit: "ms", ...(target === undefined ? {} : { target }) }),
  ];
}

/** Milliseconds of one call. */
function timeOf(action: () => unknown): number {
  const begin = performance.now();
  repeat(action, BATCH);
  return (performance.now() - begin) / BATCH;
}

function repeat(action: () => unknown, times: number): void {
  for (let time = 0; time < times; time += 1) action();
}
