/** The first half of the scenarios through the plugin: the halves run side by side. */
import { describeOnPlugin } from "./table";

describeOnPlugin(/^[a-l]/);
