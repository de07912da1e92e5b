import { describeScenarios } from "./compare";
import { TARGETS } from "./table/targets";

describeScenarios("targets", TARGETS);
