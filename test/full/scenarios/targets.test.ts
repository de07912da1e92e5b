import { describeScenarios } from "../../scenarios/compare";
import { TARGETS } from "../../scenarios/table/targets";

describeScenarios("targets", TARGETS);
