/*
 * Loaded with `-r` before the command or a script: the registry then has a fourth resource, as if its folder and the two
 * lines of the registry were there.
 */
import { RESOURCES } from "../../provider/services";
import { RESOURCE_NAMES } from "../../provider/services/resource-names";
import { probeResource } from "./made-up-resource";

(RESOURCE_NAMES as unknown as string[]).push("Probe");
Object.assign(RESOURCES, { Probe: probeResource });
