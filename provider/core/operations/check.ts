/** Check: validates, and fixes the name and the region. Pure, offline, total over unknowns and idempotent. */
import { isObject, type PropertyMap, type Path } from "../../common/json";
import { replacedBy } from "./diff";
import type { Failure, ResourceDefinition } from "../contract";
import type { RecordedEntry } from "../ownership/run-registry";
import { secretPaths } from "../schema/secrets";
import { effectiveWaitFor } from "../reconcile/timeouts";
import { validate, type IsUnknown } from "../schema/validate";

export interface CheckContext {
  readonly isUnknown: IsUnknown;
  /** Name of a resource to which the program gives none; it may not be known yet. Absent where the front makes none. */
  readonly defaultName?: unknown;
  /** Of inputs that were checked before (an import file has such): whether their name is the default one. */
  readonly nameIsDefault?: boolean;
  /** Of the same: the source of their region. */
  readonly regionFrom?: unknown;
  /** Region of the explicit provider or the stack configuration. */
  readonly configuredRegion?: string;
  /** Region of this machine's environment or files. */
  readonly machineRegion?: string;
  readonly defaultWaitFor?: string;
  /** Inputs that an earlier check of this run saw in the state: this check, without `recorded`, is of the replacement. */
  readonly replaced?: RecordedEntry;
  /** Why nothing can be sent to the service in a region, as far as that is known without asking it. */
  whyNoEndpoint?(region: string): string | undefined;
  warn(message: string): void;
}

export interface CheckResult {
  readonly inputs: PropertyMap;
  readonly failures: readonly Failure[];
  /** Sensitive leaves of the inputs. */
  readonly secrets: readonly Path[];
}

/** What check finds out beside the arguments. */
const FOUND = new Set(["nameIsDefault", "regionFrom"]);

/**
 * @param recorded inputs of the last check; empty for a new resource and for the second check of a replacement
 * @param program the program's arguments
 */
export function check(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  program: PropertyMap,
  context: CheckContext,
): CheckResult {
  const named = { ...program, ...resolveName(recorded, program, context) };
  const inputs: PropertyMap = { ...named, ...resolveRegion(recorded, program, context) };
  const checkable = Object.fromEntries(Object.entries(inputs).filter(([key]) => !FOUND.has(key)));
  const invalid = validate(definition, checkable, context.isUnknown);
  const failures = [
    ...invalid,
    ...(Object.keys(recorded).length === 0 ? refuseNameless(inputs) : []),
    ...refuseReplacementWithAdopt(definition, recorded, inputs, context),
    ...refuseImpossibleDefault(definition, checkable, context),
    ...(invalid.some(({ path }) => path[0] === "region") ? [] : refuseRegion(inputs.region, context)),
    ...refuseUnknownMove(recorded, inputs, context),
  ];
  warnOfMove(recorded, inputs, context);
  return { inputs, failures, secrets: secretPaths(definition.arguments, inputs) };
}

/** A given name wins; a default one is kept as long as the resource lives. */
function resolveName(recorded: PropertyMap, program: PropertyMap, context: CheckContext): PropertyMap {
  const { defaultName, nameIsDefault = false } = context;
  if (program.name !== undefined) return { name: program.name, nameIsDefault };
  if (recorded.nameIsDefault === true) {
    return recorded.name === undefined
      ? { nameIsDefault: true }
      : { name: recorded.name, nameIsDefault: true };
  }
  // An adopted task keeps its live name, which create records in the outputs.
  if (program.adopt !== undefined || defaultName === undefined) return { nameIsDefault: true };
  return { name: defaultName, nameIsDefault: true };
}

/** Another machine's environment never moves a resource: it counts on a first check only. */
function resolveRegion(recorded: PropertyMap, program: PropertyMap, context: CheckContext): PropertyMap {
  if (program.region !== undefined)
    return { region: program.region, regionFrom: context.regionFrom ?? "program" };
  if (context.configuredRegion !== undefined) {
    return { region: context.configuredRegion, regionFrom: "config" };
  }
  const machine = context.machineRegion;
  const isNew = Object.keys(recorded).length === 0;
  if (isNew && context.replaced === undefined)
    return machine === undefined ? {} : { region: machine, regionFrom: "machine" };
  // The second check of a replacement gets no `recorded`, and keeps the region of the first.
  const { region: before, regionFrom } = isNew ? (context.replaced ?? {}) : recorded;
  if (typeof before !== "string") return {};
  if (!isNew && regionFrom === "machine" && machine !== undefined && machine !== before) {
    context.warn(
      `this machine's region is ${machine}, but what was created in ${before} stays there. ` +
        "Set `region` on the resources or in the stack configuration.",
    );
  }
  return { region: before, regionFrom: regionFrom ?? "program" };
}

/** Without this a preview would succeed where the create cannot. */
function refuseRegion(region: unknown, context: CheckContext): Failure[] {
  if (typeof region !== "string" || context.isUnknown(region)) return [];
  const reason = context.whyNoEndpoint?.(region);
  return reason === undefined ? [] : [{ path: ["region"], reason }];
}

/** A changed region in the settings moves every task, which is unexpected of a setting. */
function warnOfMove(recorded: PropertyMap, inputs: PropertyMap, context: CheckContext): void {
  const [from, to] = [recorded.region, inputs.region];
  if (typeof from !== "string" || typeof to !== "string" || from === to || context.isUnknown(to)) return;
  const where =
    inputs.regionFrom === "config" ? "in the provider or the stack configuration" : "of the resource";
  context.warn(
    `the region ${where} changed from ${from} to ${to}: the task of "${String(inputs.name ?? inputs.adopt)}" in ${from} ` +
      "is deleted and a new one is created. Change the region back where it is to stay.",
  );
}

/** A replacement without a recorded region could land in that of another machine. */
function refuseUnknownMove(
  recorded: PropertyMap,
  inputs: PropertyMap,
  { replaced, machineRegion }: CheckContext,
): Failure[] {
  const isReplacement = replaced !== undefined && Object.keys(recorded).length === 0;
  if (!isReplacement || inputs.region !== undefined || machineRegion === undefined) return [];
  return [
    {
      path: ["region"],
      reason:
        `REGION_MISMATCH: the resource is being replaced, its inputs name no region, and this machine's is ${machineRegion}. ` +
        "Set `region` on the resource or in the stack configuration",
    },
  ];
}

function refuseNameless(inputs: PropertyMap): Failure[] {
  if (inputs.name !== undefined || inputs.adopt !== undefined) return [];
  return [{ path: ["name"], reason: "required where no default name was made; give the task a `name`" }];
}

/** A replacement deletes the task and then looks for it, which can only fail. */
function refuseReplacementWithAdopt(
  definition: ResourceDefinition,
  recorded: PropertyMap,
  inputs: PropertyMap,
  { isUnknown, replaced: before }: CheckContext,
): Failure[] {
  if (inputs.adopt === undefined) return [];
  const refuse = (what: string): Failure[] => [
    {
      path: ["adopt"],
      reason: `remove \`adopt\` first: ${what} replaces the task, which deletes the one that \`adopt\` names`,
    },
  ];
  if (before !== undefined && before.adopt === inputs.adopt) return refuse("this run");
  if (inputs.adopt !== recorded.adopt) return [];
  const replaced = replacedBy(definition, recorded, inputs).filter(
    (key) => !containsUnknown(inputs[key], isUnknown),
  );
  if (replaced.length === 0) return [];
  return refuse(`the change of ${replaced.map((key) => `\`${key}\``).join(", ")}`);
}

function containsUnknown(value: unknown, isUnknown: IsUnknown): boolean {
  if (isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some((item) => containsUnknown(item, isUnknown));
  return isObject(value) && Object.values(value).some((item) => containsUnknown(item, isUnknown));
}

function refuseImpossibleDefault(
  definition: ResourceDefinition,
  args: PropertyMap,
  context: CheckContext,
): Failure[] {
  const { defaultWaitFor, isUnknown } = context;
  if (args.waitFor !== undefined || defaultWaitFor === undefined || isUnknown(args.desiredState)) return [];
  // A schedule that is not known yet may turn out to be left out.
  const known = Object.fromEntries(Object.entries(args).filter(([, value]) => !isUnknown(value)));
  const waitFor = effectiveWaitFor(known, { defaultWaitFor });
  if (waitFor !== "succeeded" || !(definition.isEndless(known) || definition.isScheduled(known))) return [];
  return [
    {
      path: ["waitFor"],
      reason:
        'the configuration `video-analysis:waitFor` is "succeeded", which this task can never meet; set `waitFor` on the resource',
    },
  ];
}
