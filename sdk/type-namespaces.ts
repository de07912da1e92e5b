/** The shapes of arguments (`types.input`) and outputs (`types.output`). */
import * as input from "./types/input";
import * as output from "./types/output";

export { input, output };
