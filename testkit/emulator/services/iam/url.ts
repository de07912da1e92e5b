/** The URL of a call as its client has it, without the query. */
import type { Call } from "../../http/service";

export function urlOf({ headers, path }: Call): string {
  return `http://${headers.host ?? "127.0.0.1"}${path}`;
}
