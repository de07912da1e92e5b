/** The algorithm of a batch or task. */
import type { Call } from "../../http/service";
import { type JsonObject, textOf } from "../../json";
import type { AlgorithmDeclaration } from "../../options";
import { demand } from "../../rules";
import type { World } from "../../world";
import { missing } from "./errors";

/** The algorithm that a body asks for, by name and version; a commercial one wants its order. */
export function algorithmFor(world: World, call: Call, name: string, body: JsonObject): AlgorithmDeclaration {
  const version = textOf(body["service_version"]);
  const found = world
    .subscribed(call.params["project_id"] ?? "", "vias")
    .find((algorithm) => algorithm.name === name && algorithm.versions.includes(version));
  if (found === undefined) throw missing("service", `${name}/${version}`);
  if (found.commercial === true) demand(body, "resource_order_id", "");
  return found;
}

/** Members of tasks that say which algorithm they run. */
export const ALGORITHM_MEMBERS = [
  "service_id",
  "release_id",
  "algorithm_publish_id",
  "title",
  "company",
  "type",
];

/** Shows a task's algorithm: titles and ids, never the name and version that the request had. */
export function algorithmMembers(algorithm: AlgorithmDeclaration): JsonObject {
  const { id, name, title, company, runsOn } = algorithm;
  return {
    service_id: id,
    release_id: id,
    algorithm_publish_id: id,
    title: title ?? name,
    company: company ?? "",
    type: runsOn === "edge" ? "1" : "0",
  };
}
