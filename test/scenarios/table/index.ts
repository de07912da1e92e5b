import type { Scenario } from "../scenario";
import { DRIFT } from "./drift";
import { EXISTING } from "./existing";
import { FAILURES } from "./failures";
import { LIFECYCLE } from "./lifecycle";
import { OPTIONS } from "./options";
import { REPLACEMENTS } from "./replacements";
import { SECRETS } from "./secrets";
import { TARGETS } from "./targets";

export const SCENARIOS: readonly Scenario[] = [
  ...LIFECYCLE,
  ...REPLACEMENTS,
  ...OPTIONS,
  ...SECRETS,
  ...DRIFT,
  ...TARGETS,
  ...FAILURES,
  ...EXISTING,
];
