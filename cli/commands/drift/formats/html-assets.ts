/** Style and script of the page. The script hides and shows what the page has, and writes times as the reader's clock has them. */

export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --text: #1f2328; --dim: #59636e; --back: #fff;
  --green: #1a7f37; --yellow: #7d4e00; --red: #b3261e; --violet: #6f42c1; --link: #0550ae; --mark: #fff1b8; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --text: #f0f6fc; --dim: #9198a1;
  --back: #0d1117; --green: #4ac26b; --yellow: #e3b341; --red: #ff7b72; --violet: #bc8cff; --link: #79c0ff; --mark: #46380f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--back); overflow-wrap: break-word; }
h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; } h2 { font-size: 1.15rem; margin: 1.8rem 0 .2rem; }
h2::first-letter, button::first-letter { text-transform: uppercase; }
header p { margin: .2rem 0; color: var(--dim); }
h1.drift, .changed { color: var(--yellow); } h1.in-sync, .in-sync { color: var(--green); }
.gone, .failed, .not-running { color: var(--red); } h1.unknown, .unreachable, .not-compared { color: var(--violet); }
search { display: block; margin: 1rem 0 0; } label { display: block; color: var(--dim); margin-top: .8rem; }
input { font: inherit; width: 100%; padding: .5rem; border: 1px solid var(--dim); border-radius: .4rem;
  background: var(--back); color: inherit; }
[role=group] { display: flex; flex-wrap: wrap; gap: .5rem; }
button { font: inherit; min-height: 2.75rem; padding: 0 .8rem; border: 1px solid var(--dim); border-radius: .4rem;
  background: var(--back); color: var(--text); cursor: pointer; }
button[aria-pressed=true] { background: var(--text); color: var(--back); border-color: var(--text); }
.count { font-variant-numeric: tabular-nums; font-weight: 600; } h2 .count { color: var(--dim); font-weight: 400; }
#shown { color: var(--dim); margin: .4rem 0 0; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
section > ul, .closed > ul { list-style: none; margin: .4rem 0 0; padding: 0; } .next { margin: 0 0 .4rem; color: var(--dim); }
section li[data-group] { border: 1px solid var(--line); border-radius: .4rem; margin-bottom: .5rem; }
summary { padding: .6rem .8rem; cursor: pointer; } details[open] > summary { background: var(--soft); }
.closed > summary { padding: 0; background: none !important; } .closed > summary h2 { display: inline-block; margin-bottom: 0; }
li > details > :not(summary) { margin: .8rem; }
.type, dt, small, caption { color: var(--dim); } small { font-size: .85rem; }
.names { columns: 16rem; padding-left: 1.2rem; } .names strong { font-weight: 400; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; }
li table { width: calc(100% - 1.6rem); table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-top: 1px solid var(--line); }
th { font-weight: 400; } thead th { color: var(--dim); }
code, del, ins { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: .88rem; }
del { color: var(--red); } ins { color: var(--green); } del, ins { text-decoration: none; }
mark { background: var(--mark); color: inherit; border-radius: .15rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 1rem; } dd { margin: 0; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { thead { display: none; } tr, th[scope=row], td { display: block; border: 0; padding: .1rem 0; }
  tbody tr { border-top: 1px solid var(--line); padding: .4rem 0; } small { display: block; }
  td::before { content: attr(data-label) ": "; color: var(--dim); } dl { display: block; } }
@media print { search { display: none; } body { max-width: none; padding: 0; } li, tr { break-inside: avoid; }
  h2 { break-after: avoid; } }
`;

export const PAGE_SCRIPT = `
"use strict";
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const sections = [...document.querySelectorAll("#resources > section")];
const items = sections.flatMap((section) => [...section.querySelectorAll("li[data-group], tbody tr")]
  .filter((item) => item.matches("li") || section.dataset.group === "unmanaged"));
const buttons = [...document.querySelectorAll("button[data-filter]")];
const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
function apply() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const group = buttons.find((button) => button.getAttribute("aria-pressed") === "true").dataset.filter;
  const chosen = group !== "all" || words.length > 0;
  let count = 0, all = 0;
  for (const section of sections) {
    let any = false;
    for (const item of items.filter((one) => section.contains(one))) {
      const size = Number(item.dataset.count ?? 1);
      const fits = (group === "all" || group === section.dataset.group) && words.every((word) => texts.get(item).includes(word));
      item.hidden = !fits;
      any ||= fits;
      if (section.dataset.group === "unmanaged" && group !== "unmanaged") continue;
      all += size;
      if (fits) count += size;
    }
    section.hidden = chosen && !any;
    const closed = section.querySelector("details.closed");
    if (closed) closed.open = chosen && any;
  }
  shown.textContent = count + " of " + all + " shown";
}
for (const button of buttons) {
  button.addEventListener("click", () => {
    const target = button.getAttribute("aria-pressed") === "true" ? buttons[0] : button;
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === target));
    apply();
  });
}
search.addEventListener("input", apply);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "Escape" && document.activeElement === search) {
    search.value = "";
    apply();
  }
});
for (const time of document.querySelectorAll("time")) {
  const date = new Date(time.dateTime);
  if (Number.isNaN(date.getTime())) continue;
  time.title = time.dateTime;
  time.textContent = "day" in time.dataset ? date.toLocaleDateString() : date.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
let before = [];
addEventListener("beforeprint", () => {
  before = [...document.querySelectorAll("details:not([open])")];
  for (const details of before) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of before) details.open = false;
});
apply();
`;
