/** Makes the outputs that the state keeps of a resource after an operation. */
import type { PropertyMap } from "../../common/json";
import type { Echo } from "../drift/echo";
import type { Operation } from "../operation";
import { claimOutput, type Claim } from "../ownership/claim";
import { outputsOf, recordedOutputFields, type Shown } from "../state/outputs";

export interface Outcome extends Shown {
  readonly echo: Echo;
  readonly claim?: Claim | undefined;
  /** Outputs of before. */
  readonly recorded?: PropertyMap;
}

export function record(operation: Operation, { echo, claim, recorded, ...shown }: Outcome): PropertyMap {
  return {
    ...(recorded === undefined ? {} : recordedOutputFields(operation.definition, recorded)),
    ...outputsOf(operation, shown),
    ...claimOutput(claim),
    ...echo.output(),
  };
}
