/** Configuration of the mocked resources: their explicit provider's arguments, or the stack configuration. */
import * as pulumi from "@pulumi/pulumi";
import { recordSource } from "../../provider/services/auth/configuration";
import { endpointOf, type Service } from "../../provider/services/auth/endpoints";
import { resolveHosts } from "../../provider/services/auth/host-settings";
import { checkContextOf, type CheckSettings } from "../../provider/services/check-context";
import type { PropertyMap } from "../../provider/common/json";
import type { Location } from "../../provider/core/contract";
import { configurationSource } from "../../provider/services/configured";
import { isUnknownValue } from "./program-values";

/** Where neither program nor configuration name a region: one that has all three services. */
const DEFAULT_REGION = "cn-north-4";

/** In the form of the services' own ids, and of no project. */
const PROJECT_ID = "00000000000000000000000000000000";

/** In place of this machine's environment and files, so that a test comes out the same on every machine. */
const MACHINE = recordSource("the mocks", "environment", { region: DEFAULT_REGION });

export interface MockSettings {
  readonly context: CheckSettings;
  readonly nameSeed: string | undefined;
  /** Where a resource of these checked inputs lives. */
  locate(inputs: PropertyMap): Location;
}

export class Configurations {
  readonly #providers = new Map<string, PropertyMap>();

  /** Keeps the arguments of an explicit provider, and gives it an id of its own. */
  addProvider(name: string, inputs: PropertyMap): string {
    const id = `${name}-${this.#providers.size}`;
    this.#providers.set(id, inputs);
    return id;
  }

  /** @param reference of the provider, `<urn>::<id>`; empty for the default one */
  for(reference: string | undefined, service: Service, warn: (message: string) => void): MockSettings {
    const id = reference?.split("::").at(-1) ?? "";
    const values: PropertyMap = this.#providers.get(id) ?? pulumi.runtime.allConfig();
    // As the engine does: a provider with a value that is not known yet is not configured.
    const isKnown = !Object.values(values).some(isUnknownValue);
    const request = isKnown ? { config: { get: (key: string) => values[key] } } : undefined;
    const configured = configurationSource(request);
    const sources = [configured, MACHINE];
    const context = checkContextOf({
      configured,
      sources,
      service,
      isKnown,
      warn,
    });
    return {
      context,
      nameSeed: configured.get("nameSeed"),
      locate: ({ region = context.configuredRegion ?? DEFAULT_REGION }) => ({
        region: String(region),
        projectId: configured.get("projectId") ?? PROJECT_ID,
        endpoint: endpointOf(service, String(region), resolveHosts(sources)),
      }),
    };
  }
}
