/** What the package says of itself. */
import { version } from "pulumi-video-analysis/package.json";

export const PACKAGE = "pulumi-video-analysis";
export const VERSION = version;
