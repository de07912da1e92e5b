import { describeScenarios } from "./compare";
import { FORCED_REPLACEMENTS } from "./table/forced-replacements";

describeScenarios("forced replacements", FORCED_REPLACEMENTS);
