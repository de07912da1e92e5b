/** The measured program: tasks by the classes of this package. */
import * as va from "pulumi-video-analysis";
import { declareTasks } from "./arguments";

declareTasks(va.ServiceTask);
