import { describeScenarios } from "./compare";
import { OPTIONS } from "./table/options";

describeScenarios("options", OPTIONS);
