import { describeScenarios } from "./compare";
import { CREDENTIALS } from "./table/credentials";

describeScenarios("credentials", CREDENTIALS);
