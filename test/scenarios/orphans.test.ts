import { describeScenarios } from "./compare";
import { ORPHANS } from "./table/orphans";

describeScenarios("orphans", ORPHANS);
