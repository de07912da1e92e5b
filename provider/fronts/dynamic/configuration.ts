/** Configuration as the engine hands it to a dynamic provider. */
import type { Configured } from "../../services/configured";
import { isUnknown } from "../engine/unknowns";

/** The argument of the hook `configure`. */
export type ConfigureRequest = Pick<Configured, "config">;

/** Unknown values count as absent. So does everything of a provider that the engine never configured. */
export function knownConfiguration({ config }: ConfigureRequest): Configured {
  return {
    config: {
      get(key) {
        const value = valueOf(config, key);
        return isUnknown(value) ? undefined : value;
      },
    },
  };
}

/** Without a configuration the SDK fails inside `get`; check must not. */
function valueOf(config: ConfigureRequest["config"], key: string): unknown {
  try {
    return config.get(key);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}
