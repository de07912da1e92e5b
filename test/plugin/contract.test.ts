/** The contract over the plugin: what no user may lose. The rest of it is in test/full/plugin. */
import { overPlugin } from "./over-plugin";

overPlugin("adopt", "delete", "names", "ownership", "secrets", "unfinished");
