/** The engine that started a provider process of the SDK. */

/** Of the SDK's provider process: its script, then the address of the engine's server. */
const PROVIDER_SCRIPT = /[\\/]cmd[\\/]dynamic-provider(?:[\\/]|$)/;

/** The address of the engine that started this process; undefined in any other process. */
export function engineAddress([, script = "", address]: readonly string[]): string | undefined {
  return PROVIDER_SCRIPT.test(script) && address !== "" ? address : undefined;
}
