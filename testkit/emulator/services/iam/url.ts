import type { Call } from "../../http/service";

/** The URL of a call as its client has it, without the query. */
export function urlOf({ headers, path }: Call): string {
  return `http://${headers.host ?? "127.0.0.1"}${path}`;
}
