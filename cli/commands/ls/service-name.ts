/** Services by their names. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import * as lookups from "../../../provider/services/lookups";
import type { Configuration } from "../../stack/configuration/layers";

/** Ids of ModelArts services, with or without hyphens. */
const ID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/**
 * The id of a ModelArts service. A text that neither is one nor names a service stays as it is.
 *
 * @throws `INVALID_LOOKUP` for the name of several
 */
export async function serviceId(text: string, { request }: Configuration): Promise<string> {
  if (ID.test(text)) return text;
  const lister = await new lookups.Lookups().list("listServices", {}, request);
  const found = (await lister.all()).filter(({ name }) => name === text).map(({ id }) => String(id));
  if (found.length < 2) return found[0] ?? text;
  throw new VideoAnalysisError(
    "INVALID_LOOKUP",
    `${found.length} services have the name "${text}". Give the id of one: ${found.join(", ")}.`,
  );
}
