import { describeScenarios } from "./compare";
import { MOVES } from "./table/moves";

describeScenarios("moves", MOVES);
