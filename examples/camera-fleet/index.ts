/** Cameras of several sites, each site in its own region. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";
import { CameraFleet } from "./camera-fleet";

interface Site {
  readonly name: string;
  readonly region: string;
  readonly serviceId: string;
  /** Addresses by the cameras' names. */
  readonly cameras: Readonly<Record<string, string>>;
  /** Where the account has more than one project in the region. */
  readonly projectId?: string;
  /** Where the usual hosts do not fit. */
  readonly endpoints?: { readonly modelarts: string };
}

const config = new pulumi.Config();
const sites = config.requireObject<Site[]>("sites");
const stream = config.get("stream") ?? "faces";

/** One for each region; the credentials are those of the stack configuration. */
const providers = new Map<string, va.Provider>();
function providerFor({ region, projectId, endpoints }: Site): va.Provider {
  const known = providers.get(region);
  if (known !== undefined) return known;
  const made = new va.Provider(region, { region, projectId, endpoints });
  providers.set(region, made);
  return made;
}

const fleets = sites.map((site) => {
  const { name, serviceId, cameras } = site;
  return {
    name,
    fleet: new CameraFleet(name, { serviceId, cameras, stream }, { provider: providerFor(site) }),
  };
});

/** Task ids by site and camera. */
export const taskIds = Object.fromEntries(fleets.map(({ name, fleet }) => [name, fleet.taskIds]));
/** States by site and camera. */
export const states = Object.fromEntries(fleets.map(({ name, fleet }) => [name, fleet.states]));
