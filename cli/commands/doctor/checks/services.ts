/** Lists at each service what a stack would manage there. */
import { countOf } from "../../../common/wording";
import { isVideoAnalysisError, messageOf } from "../../../../provider/common/errors";
import type { Service } from "../../../../provider/services/auth/endpoints";
import type { Check } from "../context/check";
import { ok, skipped, type Outcome } from "../context/outcome";
import type { Context } from "../context/context";
import { refused } from "../context/failures";
import type { CheckStatus } from "../report/schema";

type Listing = Exclude<Service, "iam">;

interface Labels {
  readonly title: string;
  readonly noun: string;
  readonly plural: string;
  /** Why nothing can be listed without a name. */
  readonly unnamed?: string;
}

const LABELS: Readonly<Record<Listing, Labels>> = {
  modelarts: {
    title: "ModelArts service",
    noun: "task",
    plural: "tasks",
  },
  vias: { title: "VIAS service", noun: "batch", plural: "batches" },
  iva: {
    title: "VAS service",
    noun: "job",
    plural: "jobs",
    unnamed: "jobs are listed by service: give --service-name <name>, or a stack with a VideoAnalysisJob",
  },
};

/** Worst first. */
const SEVERITY: readonly CheckStatus[] = ["failed", "warning", "skipped", "ok"];

/** One outcome of several: the worst status, every detail, each remedy once. */
export function combined(outcomes: readonly Outcome[]): Outcome {
  const status =
    SEVERITY.find((candidate) => outcomes.some((outcome) => outcome.status === candidate)) ?? "ok";
  const remedies = new Set(outcomes.flatMap(({ remedy }) => remedy ?? []));
  return {
    status,
    detail: outcomes.map(({ detail }) => detail).join("; "),
    ...(remedies.size === 0 ? {} : { remedy: [...remedies].join(" ") }),
  };
}

/** Without a named service: the list of services shows that the caller may ask. */
const listed = (any: boolean): Outcome =>
  ok(
    any
      ? "the project has services; --service <id> looks at the tasks of one"
      : "the project has no services",
  );

async function look(context: Context, listing: Listing, name: string): Promise<Outcome> {
  const session = await context.session();
  if ("problem" in session)
    return skipped("it needs a region and credentials: see `region` and `credentials`");
  try {
    await context.projectId();
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return skipped(`the project is not known: see \`project\` (${messageOf(error).split(":", 1)[0] ?? ""})`);
  }
  const of = name === "" ? "" : `${name}: `;
  try {
    const deadline = context.deadline(`the list of ${listing}`);
    if (listing === "modelarts" && name === "") return listed(await session.value.hasServices(deadline));
    const { noun, plural } = LABELS[listing];
    const count = await session.value.count(listing, name, deadline);
    return ok(
      `${of}${count === undefined ? `an unknown number of ${plural}` : countOf(count, noun, plural)}`,
    );
  } catch (error) {
    const outcome = refused(error);
    return { ...outcome, detail: `${of}${outcome.detail}` };
  }
}

/** @param named services that the options name; the stack's are looked at too */
export const service = (listing: Listing, named: readonly string[]): Check => ({
  id: `service-${listing}`,
  title: LABELS[listing].title,
  async run(context) {
    const address = await context.address(listing);
    if ("unknown" in address) return skipped(address.unknown);
    const { services } = await context.stack;
    const known = listing === "vias" ? [] : [...new Set([...named, ...services[listing]])];
    const { unnamed } = LABELS[listing];
    if (known.length === 0 && unnamed !== undefined) return skipped(unnamed);
    const names = known.length === 0 ? [""] : known;
    return combined(await Promise.all(names.map((name) => look(context, listing, name))));
  },
});
