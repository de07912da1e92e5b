import { describeScenarios } from "./compare";
import { KILLS } from "./table/kills";

describeScenarios("kills", KILLS);
