import { describeScenarios } from "./compare";
import { LIFECYCLE } from "./table/lifecycle";

describeScenarios("lifecycle", LIFECYCLE);
