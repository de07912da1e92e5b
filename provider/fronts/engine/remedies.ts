/** The sentences of remedies, for those who run Pulumi programs. */
import { isVideoAnalysisError, messageOf } from "../../common/errors";
import type { NameHolder, Remedy } from "../../common/remedies";

/** A replacement that creates first finds its own task; nothing but the option and other arguments helps. */
const WAYS_TO_REPLACE =
  "set its option `deleteBeforeReplace: true`, with which the old task is deleted first, or change `triggers` instead";

/** Replacements without a change, which no hook can distinguish from a first create. */
const ALONE = "`--replace`, `--target-replace`, `pulumi state taint`";

const REPLACE: { readonly [H in NameHolder]: string } = {
  own:
    `To replace it, ${WAYS_TO_REPLACE}. ` +
    "A task that `retainOnDelete` keeps also keeps its name: give the new one another `name`.",
  recorded: `If this run replaces that resource (${ALONE}), ${WAYS_TO_REPLACE}; otherwise choose another \`name\`.`,
  stranger: `If this run replaces the resource itself (${ALONE}), ${WAYS_TO_REPLACE}.`,
};

const adoptLine = (ids: readonly string[]): string => ids.map((id) => `\`adopt: "${id}"\``).join(" or ");

const SENTENCES: { readonly [C in Remedy["code"]]: (remedy: Extract<Remedy, { code: C }>) => string } = {
  "adopt-each-alone": () => "Adopt each by a resource of its own.",
  "adopt-one-delete-rest": ({ adopt }) => `Set ${adoptLine(adopt)} and delete what you do not need.`,
  "adopt-or-rename": ({ adopt }) =>
    `To take it over, set ${adoptLine(adopt)}; to keep both, choose another \`name\`.`,
  "change-triggers": () => "If it stays so, change `triggers`: that replaces the resource.",
  "check-place": () => "Check the id, the project and the region.",
  "choose-name": () => "Choose another `name`.",
  "correct-adopt": () => "Correct the id, or remove `adopt` to create a new task.",
  "correct-and-rerun": () => "Correct the cause and change `triggers` to run it again.",
  "delete-before-replace": ({ oldTaskIds }) =>
    `The old task (${oldTaskIds.join(", ")}) is still there. If the two cannot exist at a time, set the resource option ` +
    "`deleteBeforeReplace: true`.",
  "give-own-task": () =>
    "Remove one of the two, or let this one make a task of its own: without `adopt` or `import`, under another `name`.",
  "match-adopted": () => "Make the arguments equal, or remove `adopt`.",
  "match-id": () => "Make them equal.",
  recreate: ({ deletedTaskIds }) =>
    `Before that, this run has deleted ${deletedTaskIds.join(", ")}, which was to be replaced: nothing runs in its place until ` +
    "a `pulumi up` creates it.",
  refresh: () => "Run `pulumi up --refresh`.",
  "remove-adopt": () => "Remove `adopt` to create a new task.",
  "remove-either": () => "That one takes it over: remove its `adopt` or `import`, or this resource.",
  "rename-one": () => "Give one of them another `name`.",
  "replace-holder": ({ holder }) => REPLACE[holder],
  "resume-or-rename": ({ adopt }) =>
    "If an interrupted run left it behind, run `VIDEO_ANALYSIS_RESUME=1 pulumi up`; if it has another owner, choose another " +
    `\`name\`, or set ${adoptLine(adopt)} to take it over.`,
  "run-again": () => "It may still appear. Run `pulumi up` again: it looks before it creates.",
  "set-region": () => "Set `region` on the resource or in the stack configuration.",
  "trust-or-rename": ({ adopt }) =>
    `If an interrupted run left it behind, delete it at the service, or set ${adoptLine(adopt)}, ` +
    `which takes on trust what no read shows; if it has another owner, choose another \`name\`.`,
  "upgrade-package": () => "Run `npm install pulumi-video-analysis@latest` and try again.",
};

const sentenceOf = (remedy: Remedy): string => (SENTENCES[remedy.code] as (of: Remedy) => string)(remedy);

/** A text, and the sentences of its remedies. */
export const withRemedies = (text: string, remedies: readonly Remedy[]): string =>
  [text, ...remedies.map(sentenceOf)].join(" ");

/** The message of anything thrown, with what to do. */
export const explain = (error: unknown): string =>
  isVideoAnalysisError(error) ? withRemedies(error.message, error.remedies) : messageOf(error);
