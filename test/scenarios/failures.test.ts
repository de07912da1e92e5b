import { describeScenarios } from "./compare";
import { FAILURES } from "./table/failures";

describeScenarios("failures", FAILURES);
