/**
 * Services as ModelArts lists and shows them. Source: "Obtaining Services" and "Obtaining Service Details" of the API
 * reference, and ListServices of the newer API definition, which alone knows the kind `edge`.
 */
import type { Answer, Call } from "../../http/service";
import { Query } from "../../http/query";
import type { JsonObject } from "../../json";
import type { TaskServiceDeclaration } from "../../options";
import { oneOf, text } from "../../rules";
import type { World } from "../../world";
import { serviceMissing } from "./errors";

/** The documented default; no maximum is. */
const DEFAULT_LIMIT = 1000;

const STATUSES = [
  "running",
  "deploying",
  "concerning",
  "failed",
  "stopped",
  "finished",
  "stopping",
  "deleting",
  "pending",
  "waiting",
];

const KNOWN = [
  "service_id",
  "service_name",
  "model_id",
  "workspace_id",
  "infer_type",
  "status",
  "offset",
  "limit",
  "sort_by",
  "order",
  "tags",
];

/** The default workspace. */
const WORKSPACE = "0";

/** The calls on services. */
export class Services {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Whether a name has to be whole is not documented; here it has (inferred). */
  list(call: Call): Answer {
    const query = new Query(call.query, KNOWN);
    const id = query.text("service_id", text());
    const name = query.text("service_name", text());
    const workspace = query.text("workspace_id", text());
    const kind = query.text("infer_type", oneOf(["real-time", "batch", "edge"]));
    const status = query.text("status", oneOf(STATUSES));
    // Services of the emulator have neither models nor tags.
    const others = [query.text("model_id", text()), query.text("tags", text())];
    const byName =
      query.text("sort_by", oneOf(["publish_at", "service_name", "transition_at"])) === "service_name";
    const sign = query.text("order", oneOf(["asc", "desc"])) === "asc" ? 1 : -1;
    const limit = query.integer("limit", 1) ?? DEFAULT_LIMIT;
    const offset = query.integer("offset", 0) ?? 0;
    const found = this.#all(call)
      .filter(
        (service) =>
          (id ?? service["service_id"]) === service["service_id"] &&
          (name ?? service["service_name"]) === service["service_name"] &&
          (workspace ?? WORKSPACE) === WORKSPACE &&
          (kind ?? service["infer_type"]) === service["infer_type"] &&
          (status ?? service["status"]) === service["status"] &&
          others.every((other) => other === undefined),
      )
      .sort((left, right) => sign * compare(left, right, byName ? "service_name" : "publish_at"));
    const start = this.#world.behavior.serviceOffset === "pages" ? offset * limit : offset;
    const services = found.slice(start, start + limit);
    return { status: 200, body: { total_count: found.length, count: services.length, services } };
  }

  show(call: Call): Answer {
    const { service_id = "" } = call.params;
    const found = this.#all(call).find((service) => service["service_id"] === service_id);
    if (found === undefined) throw serviceMissing(service_id);
    return { status: 200, body: { ...found, progress: 100, config: [], additional_properties: {} } };
  }

  #all(call: Call): JsonObject[] {
    const { project_id = "" } = call.params;
    const services = this.#world.subscribed(project_id, "edge", "ief");
    return services.map((service, index) => this.#wire(service, project_id, index));
  }

  #wire(service: TaskServiceDeclaration, project: string, index: number): JsonObject {
    const { ids, seededMs } = this.#world;
    const publishAt = seededMs + index;
    return {
      service_id: service.id,
      service_name: service.name,
      description: service.description ?? "",
      tenant: ids.named("tenant"),
      project,
      owner: ids.named("owner"),
      publish_at: publishAt,
      transition_at: publishAt,
      infer_type: service.inferType ?? "edge",
      status: service.status ?? "running",
      workspace_id: WORKSPACE,
      is_shared: false,
      invocation_times: 0,
      failed_times: 0,
      shared_count: 0,
      is_free: false,
    };
  }
}

function compare(left: JsonObject, right: JsonObject, key: string): number {
  const [a, b] = [left[key] ?? "", right[key] ?? ""];
  return a < b ? -1 : a > b ? 1 : 0;
}
