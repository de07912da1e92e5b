/** The report as one self-contained page. */
import { createHash } from "node:crypto";
import type { Change, DriftReport, ResourceReport } from "../report/schema";
import { PAGE_SCRIPT, PAGE_STYLE } from "./html-assets";
import { printed, visible } from "../../../output/text";
import {
  acceptance,
  byUrgency,
  failureText,
  STATUS_LABELS,
  STATUS_ORDER,
  summaryLine,
  VERDICTS,
} from "./words";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string => visible(text).replace(/[&<>"']/g, (char) => ENTITIES[char] ?? "");

/** Whatever a value manages to say, the page runs no script but its own and loads nothing. */
function policy(): string {
  const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function diffRow({ path, recorded, live, replaces }: Change, note = ""): string {
  const notes = [replaces ? "replaces" : "", note].filter((text) => text !== "").join("; ");
  return (
    `<tr><th scope="row"><code>${escaped(path)}</code>${notes === "" ? "" : ` <small>${escaped(notes)}</small>`}</th>` +
    `<td data-label="recorded"><del>${escaped(printed(recorded))}</del></td>` +
    `<td data-label="live"><ins>${escaped(printed(live))}</ins></td></tr>`
  );
}

function diffTable(title: string, rows: readonly string[]): string {
  if (rows.length === 0) return "";
  return (
    `<table><caption>${title}</caption><thead><tr><th scope="col">property</th><th scope="col">recorded</th>` +
    `<th scope="col">live</th></tr></thead><tbody>${rows.join("")}</tbody></table>`
  );
}

function resourceItem(resource: ResourceReport): string {
  const { status, type, name, id, urn, changes, ignored, notCompared, failed, code, reason } = resource;
  const open = status === "changed" || status === "unreachable" || failed.length > 0 ? " open" : "";
  return (
    `<li data-status="${status}"><details${open}><summary><span class="status ${status}">${STATUS_LABELS[status]}</span> ` +
    `<strong>${escaped(name)}</strong> <span class="type">${type}</span>${failed.length === 0 ? "" : ' <span class="failed">failed</span>'}</summary>` +
    (reason === undefined
      ? ""
      : `<p class="reason">${code === undefined || reason.startsWith(code) ? "" : `<code>${escaped(code)}</code> `}${escaped(reason)}</p>`) +
    failed
      .map(
        (task) => `<p class="failed">Task <code>${escaped(task.id)}</code> ${escaped(failureText(task))}</p>`,
      )
      .join("") +
    diffTable(
      "Differences",
      changes.map((change) => diffRow(change)),
    ) +
    diffTable(
      "Accepted differences",
      ignored.map((change) => diffRow(change, acceptance(change))),
    ) +
    notCompared
      .map((item) => `<p class="reason"><code>${escaped(item.path)}</code>: ${escaped(item.reason)}</p>`)
      .join("") +
    `<dl><dt>id</dt><dd><code>${escaped(id)}</code></dd><dt>URN</dt><dd><code>${escaped(urn)}</code></dd></dl>` +
    "</details></li>"
  );
}

function unmanagedPart({ unmanaged }: DriftReport): string {
  if (unmanaged === undefined) return "";
  const rows = unmanaged.tasks.map(
    ({ type, id, name, state, createdAt }) =>
      `<tr><th scope="row">${escaped(name)}</th><td data-label="type">${type}</td>` +
      `<td data-label="state">${escaped(state ?? "—")}</td><td data-label="created">${escaped(createdAt ?? "—")}</td>` +
      `<td data-label="adopt"><code>${escaped(id)}</code></td></tr>`,
  );
  const table =
    rows.length === 0
      ? "<p>Every task of the scanned services belongs to the stack.</p>"
      : `<table><thead><tr><th scope="col">name</th><th scope="col">type</th><th scope="col">state</th><th scope="col">created</th><th scope="col">adopt</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const problems = unmanaged.problems.map((problem) => `<p class="reason">${escaped(problem)}</p>`).join("");
  return `<section aria-labelledby="unmanaged"><h2 id="unmanaged">Not owned by the stack</h2>${table}${problems}</section>`;
}

function filters(report: DriftReport): string {
  return STATUS_ORDER.map((status) => {
    const count = report.resources.filter((resource) => resource.status === status).length;
    return count === 0
      ? ""
      : `<button type="button" aria-pressed="true" data-filter="${status}">${STATUS_LABELS[status]} <span>${count}</span></button>`;
  }).join("");
}

/** Without scripts the page still shows everything; only filter and search are missing. */
export function htmlOf(report: DriftReport): string {
  const title = `${VERDICTS[report.status]}: ${report.source.name}`;
  const warnings = report.warnings.map((warning) => `<li>${escaped(warning)}</li>`).join("");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<title>${escaped(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1 class="${report.status}">${escaped(title)}</h1>
<p>${escaped(summaryLine(report))}. <time datetime="${escaped(report.createdAt)}">${escaped(report.createdAt)}</time></p>
</header>
<main>
<search>
<label for="search">Search</label>
<input id="search" type="search" autocomplete="off" placeholder="name, property, value" aria-describedby="shown">
<div role="group" aria-label="Status">${filters(report)}</div>
<p id="shown" role="status"></p>
</search>
<ul id="resources" aria-label="Resources">
${byUrgency(report).map(resourceItem).join("\n")}
</ul>
${unmanagedPart(report)}
${warnings === "" ? "" : `<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2><ul>${warnings}</ul></section>`}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
