/** Values that no report may show. */
import type { SettingsSource } from "../../../../provider/services/auth/configuration";
import { CONFIGURATION_KEYS, type ConfigurationKey } from "../../../../provider/services/configuration";

/** Keys that grant access, alone or in a pair. */
const SECRET_KEYS: readonly ConfigurationKey[] = [
  "accessKey",
  "secretKey",
  "securityToken",
  "token",
  "password",
];

/** The secret values of a source. */
export function secretsIn(source: SettingsSource): string[] {
  return CONFIGURATION_KEYS.filter((key) => SECRET_KEYS.includes(key)).flatMap(
    (key) => source.get(key) ?? [],
  );
}
