/** The second half of the scenarios through the plugin. */
import { describeOnPlugin } from "./table";

describeOnPlugin(/^[m-z]/);
