import { describeScenarios } from "./compare";
import { DRIFT } from "./table/drift";

describeScenarios("drift", DRIFT);
