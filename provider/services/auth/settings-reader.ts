/** Reads single settings from a chain of sources, highest first; an unusable one is an error that names its source. */
import { VideoAnalysisError } from "../../common/errors";
import { CONFIGURATION_NAMESPACE, type ConfigurationKey } from "../configuration";
import { type SettingsSource, spellingOf } from "./configuration";

/** Highest accepted `maxRetries` and `maxConcurrency`: beyond it a typing error is likelier than a wish. */
const MAX_COUNT = 1000;

export interface Hit {
  readonly value: string;
  readonly source: SettingsSource;
}

export class SettingsReader {
  constructor(readonly sources: readonly SettingsSource[]) {}

  find(key: ConfigurationKey): Hit | undefined {
    for (const source of this.sources) {
      const value = source.get(key)?.trim();
      if (value !== undefined && value !== "") return { value, source };
    }
    return undefined;
  }

  text(key: ConfigurationKey, pattern?: RegExp, expected?: string): string | undefined {
    const hit = this.find(key);
    if (hit !== undefined && pattern?.test(hit.value) === false) {
      throw invalid(hit.source, key, `expected ${expected ?? String(pattern)}`);
    }
    return hit?.value;
  }

  oneOf<T extends string>(key: ConfigurationKey, values: readonly T[]): T | undefined {
    const hit = this.find(key);
    if (hit === undefined) return undefined;
    const match = values.find((value) => value === hit.value);
    if (match === undefined) {
      throw invalid(hit.source, key, `expected ${values.map((value) => `"${value}"`).join(" or ")}`);
    }
    return match;
  }

  flag(key: ConfigurationKey): boolean {
    return this.oneOf(key, ["true", "false"] as const) === "true";
  }

  count(key: ConfigurationKey, min: number): number | undefined {
    const hit = this.find(key);
    if (hit === undefined) return undefined;
    const value = /^\d+$/.test(hit.value) ? Number(hit.value) : Number.NaN;
    if (!(value >= min && value <= MAX_COUNT)) {
      throw invalid(hit.source, key, `expected a whole number from ${min} to ${MAX_COUNT}`);
    }
    return value;
  }
}

export function invalid(source: SettingsSource, key: ConfigurationKey, problem: string): VideoAnalysisError {
  const spelling = spellingOf(source, key);
  const setting = `${CONFIGURATION_NAMESPACE}:${key}`;
  const named = spelling === setting ? setting : `${setting} (${spelling})`;
  return new VideoAnalysisError("CONFIGURATION", `${named} in ${source.name} is not usable: ${problem}.`);
}
