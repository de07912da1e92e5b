import { describeScenarios } from "./compare";
import { LOOKUPS } from "./table/lookups";

describeScenarios("lookups", LOOKUPS);
