import { describeScenarios } from "./compare";
import { SECRETS } from "./table/secrets";

describeScenarios("secrets", SECRETS);
