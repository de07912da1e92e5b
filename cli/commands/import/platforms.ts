/** The platform of a ModelArts service, as `--platform` gives it: no call distinguishes Edge from IEF. */
import type { Platform } from "../../../provider/services/service-task/schema";
import type { Platforms } from "./options";

export const platformOf = (service: string, platforms: Platforms): Platform | undefined =>
  platforms[service] ?? platforms[""];
