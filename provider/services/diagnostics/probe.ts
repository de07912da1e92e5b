/** Whether an address answers. Sends no credential, so that the address need not be trusted. */
import type { Deadline } from "../../common/deadline";
import { Dispatchers } from "../http/dispatcher";
import { sendOnce } from "../http/send-once";
import type { Certificates } from "../http/trust";

export type Probe =
  | {
      readonly reached: true;
      readonly status: number;
      readonly latencyMs: number;
      /** How far the host's clock is ahead of this machine's; undefined where it sent no time. */
      readonly skewMs?: number;
    }
  | { readonly reached: false; readonly timedOut: boolean; readonly reason: string };

export interface ProbeOptions extends Certificates {
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The header `Date` counts whole seconds: on average the host's clock was half of one further. */
const HALF_SECOND_MS = 500;

/**
 * Any answer counts, a refusal too: a gateway refuses unknown paths, and sends its time all the same.
 *
 * @param endpoint base URL of a service
 * @throws `CONFIGURATION` for a file of certificates or a proxy that cannot be used
 */
export async function probe(
  endpoint: string,
  deadline: Deadline,
  { env = process.env, ...certificates }: ProbeOptions = {},
): Promise<Probe> {
  const dispatchers = new Dispatchers({ clock: deadline.clock, ...certificates, env });
  try {
    const url = new URL(`${endpoint}/`);
    const { clock } = deadline;
    const begin = clock.now();
    const result = await sendOnce(
      dispatchers,
      { method: "GET", url, headers: { Accept: "application/json" } },
      deadline,
      { timeoutMs: deadline.remaining() },
    );
    const latencyMs = clock.now() - begin;
    if (!result.answered) {
      return { reached: false, timedOut: result.kind === "timeout", reason: result.reason };
    }
    const date = Date.parse(result.header("date") ?? "");
    const skew = date + HALF_SECOND_MS - (clock.wall() - latencyMs / 2);
    return {
      reached: true,
      status: result.status,
      latencyMs,
      ...(Number.isNaN(date) ? {} : { skewMs: skew }),
    };
  } finally {
    await dispatchers.close();
  }
}
