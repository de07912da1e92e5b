/** The language of a program: only Node's can have the dynamic resources of the package. */
import type { Project } from "../../../stack/configuration/project-file";
import { skipped, type Outcome } from "./outcome";

export const runsInNode = ({ runtime }: Project): boolean => runtime === "nodejs" || runtime === "bun";

/** Of a check that looks at Node's packages. */
export const needsNode = ({ runtime }: Project): Outcome =>
  skipped(`a program in ${runtime ?? "an unknown runtime"} uses the provider plugin: see \`plugin\``);
