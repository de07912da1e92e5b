/** Style and script of the page. The script only hides and shows what the page has. */

export const PAGE_STYLE = `
:root { color-scheme: light dark; --line: #d0d7de; --soft: #f6f8fa; --text: #1f2328; --dim: #59636e; --back: #fff;
  --green: #1a7f37; --yellow: #7d4e00; --red: #b3261e; --violet: #6f42c1; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --soft: #151b23; --text: #f0f6fc; --dim: #9198a1;
  --back: #0d1117; --green: #4ac26b; --yellow: #e3b341; --red: #ff7b72; --violet: #bc8cff; --link: #79c0ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--back); overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.2rem; margin-top: 2rem; }
h1.drift, .changed { color: var(--yellow); } h1.in-sync, .in-sync { color: var(--green); }
.gone, .failed { color: var(--red); } h1.unknown, .unreachable, .not-compared { color: var(--violet); }
search { display: block; margin: 1rem 0; } label { display: block; color: var(--dim); }
input { font: inherit; width: 100%; padding: .5rem; border: 1px solid var(--dim); border-radius: .4rem;
  background: var(--back); color: inherit; }
[role=group] { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .5rem; }
button { font: inherit; min-height: 2.75rem; padding: 0 .8rem; border: 1px solid var(--dim); border-radius: .4rem;
  background: var(--back); color: var(--dim); cursor: pointer; text-decoration: line-through; }
button[aria-pressed=true] { background: var(--soft); color: var(--text); text-decoration: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
#resources { list-style: none; margin: 0; padding: 0; }
#resources > li { border: 1px solid var(--line); border-radius: .4rem; margin-bottom: .5rem; }
summary { padding: .6rem .8rem; cursor: pointer; } details[open] > summary { background: var(--soft); }
details > :not(summary) { margin: .8rem; }
.status { display: inline-block; min-width: 7.5rem; font-weight: 600; } .type, dt, small, caption { color: var(--dim); }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; }
details > table { width: calc(100% - 1.6rem); }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-top: 1px solid var(--line); }
th { font-weight: 400; } thead th { color: var(--dim); }
del { color: var(--red); } ins { color: var(--green); } del, ins { text-decoration: none; font-family: ui-monospace, monospace; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; } dd { margin: 0; }
[hidden] { display: none !important; }
@media (max-width: 40rem) { thead { display: none; } tr, th[scope=row], td { display: block; border: 0; padding: .1rem 0; }
  tbody tr { border-top: 1px solid var(--line); padding: .4rem 0; }
  td::before { content: attr(data-label) ": "; color: var(--dim); } .status { display: block; } }
`;

export const PAGE_SCRIPT = `
"use strict";
const search = document.getElementById("search");
const shown = document.getElementById("shown");
const items = [...document.querySelectorAll("#resources > li")];
const buttons = [...document.querySelectorAll("button[data-filter]")];
const texts = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
function apply() {
  const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const statuses = new Set(buttons.filter((button) => button.getAttribute("aria-pressed") === "true")
    .map((button) => button.dataset.filter));
  let count = 0;
  for (const item of items) {
    const matches = statuses.has(item.dataset.status) && words.every((word) => texts.get(item).includes(word));
    item.hidden = !matches;
    if (matches) count += 1;
  }
  shown.textContent = count + " of " + items.length + " shown";
}
for (const button of buttons) {
  button.addEventListener("click", () => {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
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
apply();
`;
