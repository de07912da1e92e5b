/** Name and version of the package. */
import { version } from "pulumi-video-analysis/package.json";

export const PACKAGE = "pulumi-video-analysis";
export const VERSION: string = version;
