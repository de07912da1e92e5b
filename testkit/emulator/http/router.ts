/** Finds the operation of a request by method and path. */
import type { Route, ServiceModule } from "./service";
import { unescaped } from "./unescaped";

/** Where a request goes; `route` is undefined where the service has no such operation. */
export interface Match {
  readonly module: ServiceModule;
  readonly route: Route | undefined;
  readonly params: Readonly<Record<string, string>>;
}

interface Compiled {
  readonly route: Route;
  readonly expression: RegExp;
}

/** Finds the operation for a method and path. */
export class Router {
  readonly #services: readonly { module: ServiceModule; routes: readonly Compiled[] }[];

  constructor(modules: readonly ServiceModule[]) {
    this.#services = modules.map((module) => ({ module, routes: module.routes.map(compile) }));
  }

  find(method: string, path: string): Match | undefined {
    const service = this.#services.find(({ module: { prefix } }) => `${path}/`.startsWith(`${prefix}/`));
    if (service === undefined) return undefined;
    const below = path.slice(service.module.prefix.length) || "/";
    for (const { route, expression } of service.routes) {
      const found = route.method === method ? expression.exec(below) : null;
      if (found !== null) return { module: service.module, route, params: decoded(found.groups ?? {}) };
    }
    return { module: service.module, route: undefined, params: {} };
  }
}

function compile(route: Route): Compiled {
  const pattern = route.pattern.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return { route, expression: new RegExp(`^${pattern}$`) };
}

function decoded(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([key, value]) => [key, unescaped(value)]));
}
