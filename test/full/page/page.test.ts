/** The page of `--html`, where Chromium is installed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { DriftReport, ResourceReport } from "../../../cli/commands/drift/report/schema";
import { htmlOf } from "../../../cli/commands/drift/formats/html";
import { findBrowser, Page } from "./browser";

/** Narrowest phones in use, in CSS pixels; also the width of WCAG 2.2, 1.4.10, rounded up. */
const PHONE = { width: 320, height: 640 };
const DESK = { width: 1200, height: 900 };

/** Contrast of text that WCAG 2.2, 1.4.3 asks for. */
const MIN_CONTRAST = 4.5;

const HOSTILE = `</code><script>window.hacked = 1</script><img src="http://127.0.0.1:9/x" onerror="window.hacked=1">`;

function resource(
  name: string,
  status: ResourceReport["status"],
  more: Partial<ResourceReport> = {},
): ResourceReport {
  const urn = `urn:pulumi:dev::site::pulumi-nodejs:dynamic/video-analysis:ServiceTask::${name}`;
  return {
    urn,
    type: "ServiceTask",
    name,
    id: `service/${name}`,
    status,
    changes: [],
    ignored: [],
    notCompared: [],
    failed: [],
    notRunning: [],
    ...more,
  };
}

const change = { path: "description", recorded: "ours", live: HOSTILE, secret: false, replaces: true };

const REPORT: DriftReport = {
  schemaVersion: 1,
  createdAt: "2026-03-01T12:00:00.000Z",
  source: { kind: "state", name: `state.json ${HOSTILE}` },
  status: "drift",
  exitStatus: 2,
  summary: {
    total: 5,
    inSync: 1,
    changed: 1,
    gone: 1,
    unreachable: 1,
    notCompared: 1,
    ignored: 1,
    failed: 1,
    notRunning: 0,
  },
  scope: { stacks: ["dev"], projects: ["site"], regions: ["eu-de"], accounts: ["0985"] },
  resources: [
    resource("lobby", "in-sync", { ignored: [{ ...change, by: "ignore-file", reason: "a trial" }] }),
    resource("entrance", "changed", {
      changes: [change, { ...change, path: "output.obs.path", live: "x".repeat(300) }],
      failed: [{ id: "task-1", state: "FAILED", code: "VIDEO.2", message: HOSTILE }],
    }),
    resource("garage", "gone"),
    resource("roof", "unreachable", { code: "TIMEOUT", reason: HOSTILE }),
    resource("yard", "not-compared", { notCompared: [{ path: "input.data", reason: "encrypted" }] }),
  ],
  unmanaged: {
    tasks: [{ type: "ServiceTask", id: "service/other", name: HOSTILE, state: "RUNNING" }],
    problems: ["one list failed"],
  },
  warnings: [HOSTILE],
};

const VISIBLE = `[...document.querySelectorAll("#resources li[data-group]")].filter((item) => item.checkVisibility()).map((item) => item.querySelector("strong").textContent)`;

const PRESS = (group: string): string => `document.querySelector('[data-filter="${group}"]').click()`;

/** Violations of the rules of axe-core, in short. */
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const VIOLATIONS = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`;

/** Words that a line break parts, at a place that no element offers. */
const BROKEN_WORDS = `(() => {
  const broken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.parentElement.closest("script,style") || !node.parentElement.checkVisibility()) continue;
    for (const match of node.textContent.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) broken.push(match[0]);
    }
  }
  return broken;
})()`;

/** Lowest contrast of any text with what is behind it, by the formula of WCAG. */
const LOWEST_CONTRAST = `(() => {
  const rgb = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => {
    const color = rgb(getComputedStyle(element).backgroundColor);
    return color.length < 4 || color[3] > 0 ? color : behind(element.parentElement);
  };
  const own = [...document.body.querySelectorAll("*")].filter((element) =>
    element.checkVisibility() && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""));
  return Math.min(...own.map((element) => {
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
})()`;

const browser = findBrowser();

(browser === undefined ? describe.skip : describe)("the page of video-analysis drift", function () {
  this.timeout(60_000);
  let page: Page;

  before(async () => {
    page = await Page.open(browser ?? "");
    await page.resize(DESK.width, DESK.height);
  });
  after(() => page.close());
  afterEach(() => assert.deepEqual(page.complaints, []));
  beforeEach(() => page.load(htmlOf(REPORT)));

  it("runs its own script and nothing that a value brings along, and loads nothing", async () => {
    assert.equal(await page.evaluate("typeof window.hacked"), "undefined");
    assert.equal(await page.evaluate("document.images.length"), 0);
    assert.equal(await page.evaluate("document.getElementById('shown').textContent"), "5 of 5 shown");
    assert.match(await page.evaluate("document.title"), /^Drift: state\.json <\/code><script>/);
  });

  it("shows each change with what is recorded and what is live, those that matter first and open", async () => {
    assert.deepEqual(await page.evaluate(VISIBLE), ["garage", "entrance", "roof", "yard"]);
    const open = `[...document.querySelectorAll("details[open] strong")].map((item) => item.textContent)`;
    assert.deepEqual(await page.evaluate(open), ["entrance", "roof"]);
    assert.equal(
      await page.evaluate("document.querySelector('details[open] ins').textContent"),
      JSON.stringify(HOSTILE),
    );
    const failure = await page.evaluate<string>("document.querySelector('p.failed').textContent");
    assert.equal(failure, `Task task-1 FAILED: VIDEO.2 ${HOSTILE}`);
  });

  it("searches and filters by keyboard alone, each count to what it counts", async () => {
    await page.press("/");
    await page.type("output.obs");
    assert.deepEqual(await page.evaluate(VISIBLE), ["entrance"]);
    await page.press("Escape");
    assert.equal((await page.evaluate<string[]>(VISIBLE)).length, 4);
    await page.evaluate("document.querySelector('[data-filter=gone]').focus()");
    await page.press(" ");
    assert.deepEqual(await page.evaluate(VISIBLE), ["garage"]);
    assert.equal(await page.evaluate("document.activeElement.getAttribute('aria-pressed')"), "true");
    assert.equal(await page.evaluate("document.getElementById('shown').textContent"), "1 of 5 shown");
    await page.press(" ");
    assert.equal((await page.evaluate<string[]>(VISIBLE)).length, 4);
    await page.evaluate(PRESS("unmanaged"));
    assert.deepEqual(await page.evaluate(VISIBLE), []);
    assert.equal(await page.evaluate("document.getElementById('unmanaged').checkVisibility()"), true);
  });

  it("closes what is in sync, and opens it where somebody asks for it", async () => {
    const quiet = htmlOf({
      ...REPORT,
      resources: [resource("lobby", "in-sync"), resource("garage", "gone")],
    });
    await page.load(quiet);
    assert.deepEqual(await page.evaluate(VISIBLE), ["garage"]);
    await page.evaluate(PRESS("in-sync"));
    assert.deepEqual(await page.evaluate(VISIBLE), ["lobby"]);
  });

  it("says the same failure once, with all names", async () => {
    const lost = ["roof", "yard", "ramp", "arch"].map((name) =>
      resource(name, "unreachable", { reason: "no credentials" }),
    );
    await page.load(htmlOf({ ...REPORT, resources: lost }));
    assert.equal(
      await page.evaluate("document.querySelectorAll('.reason').length"),
      2,
      "and that of the list",
    );
    const names = "[...document.querySelectorAll('.names li')].map((item) => item.textContent)";
    assert.deepEqual(await page.evaluate(names), ["arch", "ramp", "roof", "yard"]);
    assert.equal(await page.evaluate("document.getElementById('shown').textContent"), "4 of 4 shown");
  });

  it("has no fault that axe-core knows, in both schemes, and breaks no word at 1,280 and 390 pixels", async () => {
    const long = htmlOf({ ...REPORT, resources: REPORT.resources.filter(({ name }) => name !== "entrance") });
    for (const scheme of ["light", "dark"] as const) {
      for (const width of [1280, 390]) {
        await page.colorScheme(scheme);
        await page.resize(width, 900);
        await page.load(long);
        await page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })");
        assert.deepEqual(await page.evaluate(BROKEN_WORDS), [], `${width} pixels`);
        await page.evaluate(AXE);
        assert.deepEqual(await page.evaluate(VIOLATIONS), [], `${scheme}, ${width} pixels`);
      }
    }
    await page.colorScheme("light");
    await page.resize(DESK.width, DESK.height);
  });

  it("shows times as the reader's clock has them, and all of it on paper", async () => {
    const shown = await page.evaluate<string>("document.querySelector('header time').textContent");
    assert.ok(!shown.includes("UTC"), shown);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert.equal(await page.evaluate("document.querySelectorAll('details:not([open])').length"), 0);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    assert.notEqual(await page.evaluate("document.querySelectorAll('details:not([open])').length"), 0);
  });

  it("opens and closes a resource by keyboard, and shows where the focus is", async () => {
    await page.evaluate("document.querySelector('li[data-group=gone] summary').focus()");
    await page.press("Enter");
    assert.equal(await page.evaluate("document.querySelector('li[data-group=gone] details').open"), true);
    assert.equal(await page.evaluate("document.activeElement.matches(':focus-visible')"), true);
    assert.equal(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "solid");
  });

  it("fits a phone without scrolling sideways", async () => {
    await page.resize(PHONE.width, PHONE.height);
    await page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })");
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    await page.resize(DESK.width, DESK.height);
    assert.ok(width <= PHONE.width, `${width} pixels wide`);
  });

  for (const scheme of ["light", "dark"] as const) {
    it(`is readable in the ${scheme} scheme`, async () => {
      await page.colorScheme(scheme);
      await page.evaluate("document.querySelectorAll('details').forEach((item) => { item.open = true; })");
      const back = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
      assert.equal(back, scheme === "dark" ? "rgb(13, 17, 23)" : "rgb(255, 255, 255)");
      const contrast = await page.evaluate<number>(LOWEST_CONTRAST);
      assert.ok(contrast >= MIN_CONTRAST, `contrast ${contrast}`);
    });
  }
});
