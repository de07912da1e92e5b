/** This machine's clock against those of the services. */
import type { Credentials } from "../../../../provider/services/auth/credentials";
import { SERVICES } from "../../../../provider/services/auth/endpoints";
import type { Check } from "../context/check";
import { failed, ok, skipped, warning, type Outcome } from "../context/outcome";

/** A signature whose date is further off is refused (the signing guide of Huawei Cloud). */
const SIGNATURE_TOLERANCE_MS = 15 * 60_000;

/** `Date` counts whole seconds, and answers take a while: less than this says nothing. */
const NOTICEABLE_MS = 60_000;

const MS_PER_SECOND = 1000;

function spoken(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / MS_PER_SECOND);
  return seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** @param skewMs how far the services are ahead of this machine */
export function judgeClock(skewMs: number, signs: boolean): Outcome {
  const size = Math.abs(skewMs);
  const detail = `${spoken(skewMs)} ${skewMs > 0 ? "behind" : "ahead of"} the services`;
  const remedy = "Set this machine's clock, best by NTP.";
  if (size > SIGNATURE_TOLERANCE_MS && signs) {
    return failed(`${detail}; signatures may be 15 min off`, remedy);
  }
  return size > NOTICEABLE_MS
    ? warning(detail, remedy)
    : ok(`at most ${spoken(Math.ceil(size / MS_PER_SECOND) * MS_PER_SECOND)} off`);
}

const signsWith = (credentials: Credentials | undefined): boolean =>
  credentials?.kind === "accessKey" ||
  (credentials?.kind === "agency" && credentials.base.kind === "accessKey");

export const clock: Check = {
  id: "clock",
  title: "Clock",
  async run(context) {
    const settings = await context.settings();
    const probes = await Promise.allSettled(SERVICES.map((service) => context.probe(service)));
    const answers = probes.flatMap((probe) =>
      probe.status === "fulfilled" && probe.value?.reached === true ? [probe.value] : [],
    );
    // The quickest answer has the most exact time.
    const [best] = answers
      .flatMap(({ skewMs, latencyMs }) => (skewMs === undefined ? [] : [{ skewMs, latencyMs }]))
      .sort((a, b) => a.latencyMs - b.latencyMs);
    if (best === undefined) return skipped("no service answered with its time");
    return judgeClock(best.skewMs, "value" in settings && signsWith(settings.value.credentials));
  },
};
