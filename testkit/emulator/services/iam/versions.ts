/** Requests of clients before they log in: `GET /` and `GET /v3`, with the values of the documented examples. */
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import { urlOf } from "./url";

export function listVersions(call: Call): Answer {
  return { status: 300, body: { versions: { values: [version(call, "/")] } } };
}

export function showVersion(call: Call): Answer {
  return { status: 200, body: { version: version(call, "/v3") } };
}

/** @param asked the path of the call, below IAM's endpoint */
function version(call: Call, asked: string): JsonObject {
  const here = urlOf(call).replace(/\/+$/, "");
  const endpoint = asked === "/" ? here : here.slice(0, -asked.length);
  return {
    "media-types": [{ type: "application/vnd.openstack.identity-v3+json", base: "application/json" }],
    links: [{ rel: "self", href: `${endpoint}/v3/` }],
    id: "v3.6",
    updated: "2016-04-04T00:00:00Z",
    status: "stable",
  };
}
