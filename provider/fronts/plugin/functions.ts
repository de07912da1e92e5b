/** Functions of the package: every lookup of the registry, by its own name. */
import { VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import type { Lookups } from "../../services/lookups";
import { nameOfToken } from "../../services/configuration";
import { refuseUnknown } from "../engine/failures";
import { sanitize, withSecrets } from "../engine/values";
import { opened } from "./envelopes";
import type { Session } from "./session";

export class Functions {
  readonly #session: Session;
  #lookups: Lookups | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** The members of one entry; of a list the member `entries`. */
  async invoke(token: string, given: PropertyMap): Promise<Record<string, unknown>> {
    const { bag } = opened(given);
    refuseUnknown(bag);
    const { Lookups, isGet, isList, secretsOf } = await import("../../services/lookups/index.js");
    const lookups = (this.#lookups ??= new Lookups(this.#session.runtimes));
    const { configured } = this.#session;
    const name = nameOfToken(token) ?? "";
    if (isGet(name)) {
      const entry = sanitize(await lookups.get(name, bag, configured)) as Record<string, unknown>;
      return withSecrets(entry, secretsOf(name, entry));
    }
    if (!isList(name)) {
      throw new VideoAnalysisError("INVALID_LOOKUP", `the package has no function ${token}.`);
    }
    const found = await (await lookups.list(name, bag, configured)).all();
    const entries = sanitize(found) as Record<string, unknown>[];
    return { entries: entries.map((entry) => withSecrets(entry, secretsOf(name, entry))) };
  }
}
