import { describeScenarios } from "../../scenarios/compare";
import { REPLACEMENTS } from "../../scenarios/table/replacements";

describeScenarios("replacements", REPLACEMENTS);
