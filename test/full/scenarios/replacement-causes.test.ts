import { describeScenarios } from "../../scenarios/compare";
import { REPLACEMENT_CAUSES } from "../../scenarios/table/replacement-causes";

describeScenarios("replacement causes", REPLACEMENT_CAUSES);
