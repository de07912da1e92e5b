/** The resources of the page: a section for each group, an item for each resource or for all of one failure. */
import type { Change, DriftReport, ResourceReport } from "../report/schema";
import { breakable, code, escaped, prose, sidesOf, timeOf } from "./html-text";
import {
  acceptance,
  clustersOf,
  differsInSecret,
  failureText,
  GROUP_LABELS,
  GROUPS,
  type Cluster,
  type Group,
} from "./words";

/** What a group means, and what a person does next. */
const NEXT: Readonly<Record<Group, string>> = {
  gone: "Proved to be gone. <code>pulumi up --refresh</code> creates them again; take out of the program what is not wanted any more.",
  failed:
    "These ended by failing, and no <code>pulumi up</code> starts them again. Remove the cause, then change <code>triggers</code>.",
  "not-running":
    "These do not run, and the state does not say that they should be stopped. Start them at the service, or set <code>desiredState</code>.",
  changed:
    "<code>pulumi up --refresh</code> puts the recorded values back. To keep the live ones, write them into the program.",
  unreachable:
    "These could not be read, so nothing is known of them. Remove the cause and run the command again.",
  "not-compared":
    "Parts of these are encrypted in the state. Give PULUMI_CONFIG_PASSPHRASE, or use --stack, to compare them.",
  "in-sync": "Nothing to do.",
};

const REPLACES =
  "<em>Replaces</em>: the service cannot change it. Putting it back deletes the task and creates another one; a " +
  "protected resource has to lose its <code>protect</code> first.";

function diffRow(change: Change, note = ""): string {
  const notes = [
    ...(change.replaces ? ["replaces"] : []),
    ...(differsInSecret(change) ? ["only the secret part differs"] : []),
    ...(note === "" ? [] : [escaped(note)]),
    ...(change.since === undefined ? [] : [`since ${timeOf(change.since, true)}`]),
  ];
  const [recorded, live] = sidesOf(change.recorded, change.live);
  return (
    `<tr><th scope="row">${code(change.path)}${notes.length === 0 ? "" : ` <small>${notes.join("; ")}</small>`}</th>` +
    `<td data-label="recorded"><del>${recorded}</del></td><td data-label="live"><ins>${live}</ins></td></tr>`
  );
}

function diffTable(title: string, rows: readonly string[]): string {
  if (rows.length === 0) return "";
  return (
    `<table><caption>${title}</caption><thead><tr><th scope="col">property</th><th scope="col">recorded</th>` +
    `<th scope="col">live</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
  );
}

/** Stacks are named where the report has several. */
const nameOf = ({ name, urn }: ResourceReport, { scope }: DriftReport): string => {
  const stack = scope.stacks.length > 1 ? (/^urn:pulumi:([^:]+)::/.exec(urn)?.[1] ?? "") : "";
  return `<strong>${breakable(name)}</strong>${stack === "" ? "" : ` <span class="type">in ${escaped(stack)}</span>`}`;
};

/** Names in the title of an item; all are listed below. */
const SHOWN = 3;

/** Groups whose single resources have something to show beside their names. */
const OPEN: readonly Group[] = ["failed", "not-running", "changed", "unreachable"];

function item({ group, resources }: Cluster, report: DriftReport): string {
  const [first] = resources;
  const single = resources.length === 1;
  const open = group !== "in-sync" && (!single || OPEN.includes(group)) ? " open" : "";
  const shown = resources.slice(0, SHOWN).map((resource) => nameOf(resource, report));
  const more = resources.length - shown.length;
  const title = `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""} <span class="type">${first.type}</span>`;
  const since = (time: string | undefined): string =>
    time === undefined ? "" : ` <small>since ${timeOf(time, true)}</small>`;
  const names = resources.map((resource) => `<li>${nameOf(resource, report)}${since(resource.since)}</li>`);
  return (
    `<li data-group="${group}" data-count="${resources.length}"><details${open}><summary>${title}${single ? since(first.since) : ""}</summary>` +
    reasonsOf(first, single) +
    (single ? detailsOf(first) : `<ul class="names">${names.join("")}</ul>`) +
    "</details></li>"
  );
}

function reasonsOf(
  { code: errorCode, reason, failed, notRunning, notCompared }: ResourceReport,
  single: boolean,
): string {
  const prefix =
    errorCode === undefined || reason?.startsWith(errorCode) === true
      ? ""
      : `<code>${escaped(errorCode)}</code> `;
  const tasks = [...failed, ...notRunning];
  const states = single
    ? tasks.map((task) => `<p class="failed">Task ${code(task.id)} ${prose(failureText(task))}</p>`)
    : [...new Set(tasks.map(failureText))].map((text) => `<p class="failed">${prose(text)}</p>`);
  return [
    ...(reason === undefined ? [] : [`<p class="reason">${prefix}${prose(reason)}</p>`]),
    ...states,
    ...notCompared.map(({ path, reason: why }) => `<p class="reason">${code(path)}: ${prose(why)}</p>`),
  ].join("");
}

function detailsOf({ id, urn, changes, ignored }: ResourceReport): string {
  return (
    diffTable(
      "Differences",
      changes.map((change) => diffRow(change)),
    ) +
    (changes.some(({ replaces }) => replaces) ? `<p class="reason">${REPLACES}</p>` : "") +
    diffTable(
      "Accepted differences",
      ignored.map((change) => diffRow(change, acceptance(change))),
    ) +
    `<dl><dt>id</dt><dd>${code(id)}</dd><dt>URN</dt><dd>${code(urn)}</dd></dl>`
  );
}

/** A section for each group that has resources; what is in sync comes last and closed. */
export function groupSections(report: DriftReport): string {
  const clusters = clustersOf(report);
  return GROUPS.map((group) => {
    const own = clusters.filter((cluster) => cluster.group === group);
    if (own.length === 0) return "";
    const count = own.reduce((sum, { resources }) => sum + resources.length, 0);
    const title = `<h2 class="${group}" id="${group}">${GROUP_LABELS[group]} <span class="count">${count}</span></h2>`;
    const list = `<ul>${own.map((cluster) => item(cluster, report)).join("\n")}</ul>`;
    const body =
      group === "in-sync"
        ? `<details class="closed"><summary>${title}</summary>${list}</details>`
        : `${title}<p class="next">${NEXT[group]}</p>${list}`;
    return `<section data-group="${group}" aria-labelledby="${group}">${body}</section>`;
  }).join("\n");
}

export function unmanagedSection({ unmanaged }: DriftReport): string {
  if (unmanaged === undefined) return "";
  const rows = unmanaged.tasks.map(
    ({ type, id, name, state, createdAt }) =>
      `<tr><th scope="row">${breakable(name)}</th><td data-label="type">${type}</td>` +
      `<td data-label="state">${escaped(state ?? "—")}</td>` +
      `<td data-label="created">${createdAt === undefined ? "—" : timeOf(createdAt)}</td>` +
      `<td data-label="adopt">${code(id)}</td></tr>`,
  );
  const heads = ["name", "type", "state", "created", "adopt"].map((head) => `<th scope="col">${head}</th>`);
  const table =
    rows.length === 0
      ? "<p>Every task of the scanned services belongs to the stack.</p>"
      : `<p class="next">No resource has these. Take them over with <code>adopt</code> or <code>video-analysis import</code>, or delete them at the service.</p>` +
        `<table><thead><tr>${heads.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const problems = unmanaged.problems.map((problem) => `<p class="reason">${prose(problem)}</p>`).join("");
  const count = unmanaged.tasks.length === 0 ? "" : ` <span class="count">${unmanaged.tasks.length}</span>`;
  return `<section data-group="unmanaged" aria-labelledby="unmanaged"><h2 id="unmanaged">not owned by the stack${count}</h2>${table}${problems}</section>`;
}
