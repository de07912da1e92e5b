import { describeScenarios } from "./compare";
import { REPLACEMENT_CAUSES } from "./table/replacement-causes";

describeScenarios("replacement causes", REPLACEMENT_CAUSES);
