/** The contract over the plugin, without what the fast tier has of it. */
import { overPlugin } from "../../plugin/over-plugin";

overPlugin(
  "ambiguous",
  "batch",
  "canaries",
  "check",
  "credentials",
  "documents",
  "drift",
  "echo",
  "faults",
  "jobs",
);
