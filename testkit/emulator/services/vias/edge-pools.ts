/** Lists edge pools. Source: ListEdgePools, page and API definition. */
import type { Answer, Call } from "../../http/service";
import type { EdgePoolDeclaration } from "../../options";
import { isLike } from "../../tasks/select";
import type { World } from "../../world";
import { edgePoolQuery } from "./list-query";
import { aged, paged } from "./page";

export function listEdgePools(world: World, call: Call): Answer {
  const query = edgePoolQuery(call.query);
  const found = aged(world, world.edgePools.values()).filter(
    ({ item }) => isLike(item.name, query.nameLike) && (query.state ?? poolState(item)) === poolState(item),
  );
  const pools = paged(found, query, () => 0).map(({ item, createdMs }) => ({
    id: item.id,
    name: item.name,
    ...(item.description === undefined ? {} : { description: item.description }),
    state: poolState(item),
    project_id: call.params["project_id"] ?? "",
    workspace_id: "0",
    created_at: createdMs,
    updated_at: createdMs,
  }));
  return { status: 200, body: { count: found.length, edge_pools: pools } };
}

const poolState = ({ state = "Running" }: EdgePoolDeclaration): string => state;
