/**
 * Lists of the catalogs: those of ModelArts services, and of the groups, sources, algorithms and edge pools of
 * VIAS. Sources: "Obtaining Services" and "Obtaining Service Details" of the ModelArts API reference; the VIAS pages and
 * API definitions ListVideoGroups, ListVideoSources, ListUserServices, ShowServiceDetail and ListEdgePools.
 */
import { z } from "zod";
import type { Deadline } from "../../common/deadline";
import type { PropertyMap } from "../../common/json";
import type { ServiceRequest } from "../http/request";
import type { TasksClientOptions } from "./tasks-client";
import { listReader, type WireList } from "./wire-list";
import { withoutNulls } from "./wire-task";

/** One list, and where an item has its id. */
export interface CatalogList {
  readonly service: "modelarts" | "vias";
  /** Below the project. */
  readonly path: readonly string[];
  /** Member of the answer with the items. */
  readonly items: string;
  /** Member of an item. */
  readonly id: string;
  /** For messages: "list of the video groups". */
  readonly operation: string;
}

/** ModelArts services. */
export const SERVICES: CatalogList = {
  service: "modelarts",
  path: ["services"],
  items: "services",
  id: "service_id",
  operation: "list of the services",
};

/** An item of a list: only its id is known. */
export type WireItem = PropertyMap & { readonly id: string };

export type CatalogQuery = NonNullable<ServiceRequest<unknown>["query"]>;

/** First segment of every path. */
const VERSIONS = { modelarts: "v1", vias: "v2" } as const;

/** The item itself, with its id under that name. */
const itemOf = (key: string) =>
  z.preprocess(
    withoutNulls,
    z
      .looseObject({ [key]: z.string().min(1) })
      .transform((item): WireItem => ({ ...item, id: item[key] as string })),
  );

export class CatalogClient {
  readonly #options: TasksClientOptions;

  constructor(options: TasksClientOptions) {
    this.#options = options;
  }

  /** One page. How many there are in all is left aside: the documents do not say whether filters count. */
  list(list: CatalogList, query: CatalogQuery, deadline: Deadline): Promise<WireList<WireItem>> {
    const read = listReader<WireItem>(list.items, itemOf(list.id), { countless: true });
    const { path, operation } = list;
    return this.#get(list, { path, query, operation, read: ({ body }) => read(body) }, deadline);
  }

  /** One item, by the call of its own that some lists have. */
  show(list: CatalogList, path: readonly string[], deadline: Deadline): Promise<WireItem> {
    const item = itemOf(list.id);
    const operation = `read of ${path.at(-1) ?? ""}`;
    return this.#get(list, { path, operation, read: ({ body }) => item.parse(body) }, deadline);
  }

  async #get<T>(
    { service }: CatalogList,
    { path, ...call }: Pick<ServiceRequest<T>, "path" | "query" | "operation" | "read">,
    deadline: Deadline,
  ): Promise<T> {
    const { transport, endpoint, projectId, authenticator } = this.#options;
    const { body } = await transport.send<T>(
      {
        service,
        method: "GET",
        endpoint,
        path: [VERSIONS[service], projectId, ...path],
        authenticator,
        replay: "safe",
        ...call,
      },
      deadline,
    );
    return body;
  }
}
