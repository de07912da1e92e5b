import { describeScenarios } from "./compare";
import { REPLACING_CHANGES } from "./table/replacing-changes";

describeScenarios("replacing changes", REPLACING_CHANGES);
