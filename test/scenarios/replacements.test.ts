import { describeScenarios } from "./compare";
import { REPLACEMENTS } from "./table/replacements";

describeScenarios("replacements", REPLACEMENTS);
