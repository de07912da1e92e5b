/** Where two engines did not do the same. */
import { formatPath } from "../../../provider/common/json";
import { differences } from "../../../provider/core/drift/compare";
import type { StepRecording } from "./recording";

/** Enough to see a pattern. */
const MOST = 25;

const print = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

/** Both sides of every difference, a line each; empty where there is none. */
export function describeDisagreement(
  onStandIn: readonly StepRecording[],
  onCli: readonly StepRecording[],
): string {
  const lines = onStandIn.flatMap((step, index) =>
    differences(step, onCli[index]).map(
      ({ path, recorded, live }) =>
        `${step.title}, ${formatPath(path)}\n    stand-in: ${print(recorded)}\n    CLI:      ${print(live)}`,
    ),
  );
  const more = lines.length - MOST;
  return [...lines.slice(0, MOST), ...(more > 0 ? [`and ${more} more differences`] : [])].join("\n");
}
