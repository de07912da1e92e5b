/** Accounts, which IAM calls domains. */
import type { Answer, Call } from "../../http/service";
import type { JsonObject } from "../../json";
import type { World } from "../../world";
import { urlOf } from "./url";

/** An account as tokens name it; its id is derived from its name. */
export function domainOf(world: World, name: string): { id: string; name: string } {
  return { id: world.ids.named(`domain ${name}`), name };
}

/** The account in which the caller acts. */
export function domainOfCaller(world: World, call: Call): { id: string; name: string } {
  return domainOf(world, call.principal?.domainName ?? world.domainName);
}

/** Answers `GET /v3/auth/domains`. */
export function listDomains(world: World, call: Call): Answer {
  const self = urlOf(call);
  const domain = domainOfCaller(world, call);
  const links = { self: `${self.slice(0, -"/auth/domains".length)}/domains/${domain.id}` };
  const described: JsonObject = { ...domain, enabled: true, description: "", links };
  return { status: 200, body: { domains: [described], links: { self, previous: null, next: null } } };
}
