/** The same program on the provider plugin. */
import * as va from "pulumi-video-analysis/plugin";
import { declareTasks } from "./arguments";

declareTasks(va.ServiceTask);
