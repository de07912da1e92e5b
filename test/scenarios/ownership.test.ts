import { describeScenarios } from "./compare";
import { OWNERSHIP } from "./table/ownership";

describeScenarios("ownership", OWNERSHIP);
