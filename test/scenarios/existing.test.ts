import { describeScenarios } from "./compare";
import { EXISTING } from "./table/existing";

describeScenarios("existing", EXISTING);
