/** The report as one self-contained page. */
import { createHash } from "node:crypto";
import type { DriftReport } from "../report/schema";
import { PAGE_SCRIPT, PAGE_STYLE } from "./html-assets";
import { groupSections, unmanagedSection } from "./html-items";
import { breakable, escaped, prose, timeOf } from "./html-text";
import {
  GROUP_LABELS,
  headlineOf,
  GROUPS,
  groupOf,
  placeText,
  sourceText,
  summaryLine,
  toneOf,
} from "./words";

/** Whatever a value manages to say, the page runs no script but its own and loads nothing. */
function policy(): string {
  const hash = createHash("sha256").update(PAGE_SCRIPT).digest("base64");
  return `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

/** A button for each group that there is, and one for all. */
function filters({ resources, unmanaged }: DriftReport): string {
  const counts = [
    ["all", "all", resources.length],
    ...GROUPS.map((group) => {
      const count = resources.filter((resource) => groupOf(resource) === group).length;
      return [group, GROUP_LABELS[group], count] as const;
    }),
    ["unmanaged", "unmanaged", unmanaged?.tasks.length ?? 0],
  ] as const;
  return counts
    .filter(([group, , count]) => group === "all" || count > 0)
    .map(
      ([group, label, count]) =>
        `<button type="button" aria-pressed="${group === "all"}" data-filter="${group}">` +
        `<span class="count">${count}</span> ${label}</button>`,
    )
    .join("");
}

/** Without scripts the page still shows everything; only filter, search and the local time are missing. */
export function htmlOf(report: DriftReport): string {
  const title = `${headlineOf(report)}: ${sourceText(report)}`;
  const place = placeText(report);
  const warnings = report.warnings.map((warning) => `<li>${prose(warning)}</li>`).join("");
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
<h1 class="${toneOf(report)}">${breakable(title)}</h1>
<p>${place === "" ? "" : `${breakable(place)} · `}${timeOf(report.createdAt)}</p>
<p>${escaped(summaryLine(report))}.</p>
</header>
<main>
<search>
<div role="group" aria-label="Show only">${filters(report)}</div>
<label for="search">Search</label>
<input id="search" type="search" autocomplete="off" placeholder="name, property, value" aria-describedby="shown">
<p id="shown" role="status"></p>
</search>
<div id="resources">
${groupSections(report)}
${unmanagedSection(report)}
</div>
${warnings === "" ? "" : `<section aria-labelledby="warnings"><h2 id="warnings">warnings</h2><ul class="plain">${warnings}</ul></section>`}
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}
