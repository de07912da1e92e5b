/** The report as JUnit XML, for the test tabs of CI systems: a test for each resource. */
import { UNPRINTABLE } from "../../../../provider/common/printable";
import { printed, visible } from "../../../output/text";
import type { DriftReport, ResourceReport } from "../report/schema";
import { byUrgency, failureText, sourceText, type Group, groupOf } from "./words";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const escaped = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(UNPRINTABLE, "?").replace(/[&<>"']/g, (char) => ENTITIES[char] ?? ""))
    .join("\n");

/** What fails a test; the rest is an error, which says nothing of the resource, or is skipped. */
const ELEMENTS: Readonly<Partial<Record<Group, "failure" | "error" | "skipped">>> = {
  gone: "failure",
  changed: "failure",
  failed: "failure",
  "not-running": "failure",
  unreachable: "error",
  "not-compared": "skipped",
};

/** @param failing groups that fail a test beside drift, as `--fail-on` names them */
export function junitOf(report: DriftReport, failing: readonly Group[]): string {
  const tests = byUrgency(report).map((resource) => {
    const group = groupOf(resource);
    // What no option names leaves the test as the comparison alone has it.
    const counted = group === "failed" || group === "not-running" ? failing.includes(group) : true;
    const shown = counted ? group : resource.status;
    return { resource, shown, element: ELEMENTS[shown] };
  });
  const count = (element: string): number => tests.filter((test) => test.element === element).length;
  const counts = `tests="${tests.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}"`;
  const name = escaped(visible(`drift of ${sourceText(report)}`));
  const cases = tests.map(({ resource, shown, element }) => {
    const head = `<testcase classname="${escaped(visible(resource.type))}" name="${escaped(visible(resource.name))}"`;
    if (element === undefined) return `    ${head}/>`;
    const text = `<${element} message="${escaped(shown)}">${escaped(textOf(resource))}</${element}>`;
    return `    ${head}>${text}</testcase>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${name}" timestamp="${report.createdAt.replace(/\.\d+Z$/, "")}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

const textOf = ({ changes, notCompared, reason, failed, notRunning, urn }: ResourceReport): string =>
  [
    ...changes.map(
      ({ path, recorded, live, replaces }) =>
        `${visible(path)}${replaces ? " (replaces)" : ""}: recorded ${printed(recorded)}, live ${printed(live)}`,
    ),
    ...notCompared.map(({ path, reason: why }) => `${visible(path)}: ${visible(why)}`),
    ...(reason === undefined ? [] : [visible(reason)]),
    ...[...failed, ...notRunning].map((task) => `${visible(task.id)} ${failureText(task)}`),
    visible(urn),
  ].join("\n");
