/** The contract over the plugin, across runs of the engine. */
import { overPlugin } from "../../plugin/over-plugin";

overPlugin("kill", "orphans", "outputs", "place", "read", "run-state", "shared-reads", "updates");
