/** Answers of each service, and their time. No credential is sent. */
import type { Service } from "../../../../provider/services/auth/endpoints";
import type { Check } from "../context/check";
import { AS_SAID, failed, ok, skipped, warning, type Outcome } from "../context/outcome";
import type { Address, Probe } from "../context/context";
import { unreachable } from "../context/failures";

/** A connection and one answer take some hundred milliseconds across a continent; beyond this something is in the way. */
const SLOW_MS = 3000;

/**
 * A gateway refuses an unknown path with 4xx, and IAM answers with its versions and 300; further 3xx and 5xx come
 * from something in between, or mean trouble.
 */
const isGateways = (status: number): boolean => status <= 300 || (status >= 400 && status < 500);

export function judgeEndpoint(address: Address, probe: Probe | undefined): Outcome {
  if ("unknown" in address) {
    return address.refused === true ? failed(address.unknown, AS_SAID) : skipped(address.unknown);
  }
  if (probe === undefined) return skipped("not asked");
  const { url } = address;
  if (!probe.reached) return unreachable(`${url}: ${probe.reason}`, probe.timedOut);
  const { status, latencyMs } = probe;
  const detail = `${url} answered within ${Math.round(latencyMs)} ms`;
  if (!isGateways(status)) {
    return warning(
      `${detail}, with ${status}`,
      "A proxy or portal may answer in its place: check the proxy variables. Otherwise run this command again later.",
    );
  }
  return latencyMs > SLOW_MS
    ? warning(
        detail,
        "It is slow: check the network and the proxy; raise `timeouts` of resources where it stays so.",
      )
    : ok(detail);
}

const TITLES: Readonly<Record<Service, string>> = {
  iam: "IAM endpoint",
  modelarts: "ModelArts endpoint",
  vias: "VIAS endpoint",
  iva: "VAS endpoint",
};

export const endpoint = (service: Service): Check => ({
  id: `endpoint-${service}`,
  title: TITLES[service],
  run: async (context) => judgeEndpoint(await context.address(service), await context.probe(service)),
});
