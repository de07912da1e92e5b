/** A resource whose steps are being planned. */
import type { Goal } from "./goal";
import type { Provider } from "./provider";
import type { ResourceState } from "./resource-state";
import type { Answer } from "./step";

/** A registration under consideration. */
export interface Candidate {
  readonly goal: Goal;
  readonly answer: Answer;
  readonly old: ResourceState | undefined;
  readonly next: ResourceState;
  readonly provider: Provider | undefined;
}
