/** The Node that runs this command, which is the one on the PATH that will run programs and providers. */
import type { Check } from "../context/check";
import { failed, ok, type Outcome } from "../context/outcome";
import { fits } from "../context/version";

/** The lowest version that package.json allows; the HTTP client needs it. */
export const LOWEST_NODE = "20.18.1";

/** @param versions those of the process */
export function judgeNode(versions: NodeJS.ProcessVersions): Outcome {
  const { bun, node } = versions;
  if (bun !== undefined) {
    return failed(
      `this command runs in Bun ${bun}`,
      "Run it, and programs, in Node: the provider process of a dynamic resource is a Node process.",
    );
  }
  return fits(node, LOWEST_NODE)
    ? ok(`${node} (needs ${LOWEST_NODE} or newer)`)
    : failed(`${node} is older than ${LOWEST_NODE}`, `Install Node ${LOWEST_NODE} or newer.`);
}

export const node: Check = { id: "node", title: "Node", run: () => judgeNode(process.versions) };
