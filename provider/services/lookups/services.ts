/** ModelArts services: what service tasks are created in. */
import { z } from "zod";
import { CatalogClient, SERVICES, type CatalogQuery, type WireItem } from "../api/catalog";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import type { PropertyMap } from "../../common/json";
import { catalogEntry, SERVICE } from "./catalog-entry";
import { listerOf, type ListSource } from "./listing";
import { commonArguments, pagingArguments, type GetLookup, type ListLookup } from "./lookup";

/** The documented default of a page; no maximum is. */
const PAGE = 1000;

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
] as const;

export const getService: GetLookup = {
  arguments: z.strictObject({ id: z.string().min(1), ...commonArguments }),
  entry: SERVICE.facts,
  async get(runtime, args) {
    const id = String(args.id);
    const deadline = runtime.readDeadline(`getService of ${id}`, args);
    const { location, client } = await runtime.connect("modelarts", { args }, deadline);
    try {
      const item = await new CatalogClient(client).show(SERVICES, ["services", id], deadline);
      return catalogEntry(SERVICE, item, location);
    } catch (error) {
      if (failureKind(error) !== "not-found") throw error;
      throw new VideoAnalysisError(
        "NOT_FOUND",
        `ModelArts service ${id} does not exist in project ${location.projectId}, region ${location.region}. ` +
          "Check the id, the project and the region; `video-analysis ls services` shows what there is.",
        { cause: error },
      );
    }
  },
};

export const listServices: ListLookup = {
  arguments: z.strictObject({
    name: z.string().min(1).optional(),
    inferType: z.enum(["real-time", "batch", "edge"]).optional(),
    status: z.enum(STATUSES).optional(),
    modelId: z.string().min(1).optional(),
    workspaceId: z.string().min(1).optional(),
    tags: z.string().min(1).optional(),
    ...pagingArguments(1, PAGE),
    ...commonArguments,
  }),
  entry: SERVICE.facts,
  async open(runtime, args) {
    const subject = "listServices";
    const { location, client } = await runtime.connect(
      "modelarts",
      { args },
      runtime.readDeadline(subject, args),
    );
    const api = new CatalogClient(client);
    const { pageSize = PAGE, limit } = args as { pageSize?: number; limit?: number };
    const ask = async (offset: number): Promise<readonly WireItem[]> => {
      const query = { ...queryOf(args), offset, limit: pageSize };
      return (await api.list(SERVICES, query, runtime.readDeadline(subject, args))).entries;
    };
    return listerOf(
      {
        page: pagesOf(ask, pageSize),
        entry: (item: WireItem) => catalogEntry(SERVICE, item, location),
        countless: true,
      },
      limit,
    );
  },
};

/** In the order of publication, so that new services do not shift the pages. */
const queryOf = ({ name, inferType, status, modelId, workspaceId, tags }: PropertyMap): CatalogQuery => ({
  service_name: name as string | undefined,
  infer_type: inferType as string | undefined,
  status: status as string | undefined,
  model_id: modelId as string | undefined,
  workspace_id: workspaceId as string | undefined,
  tags: tags as string | undefined,
  sort_by: "publish_at",
  order: "asc",
});

/**
 * The document calls `offset` the start page, which may mean pages or records. The second page tells: offset 1 repeats
 * all but the first record, or none.
 */
function pagesOf(
  ask: (offset: number) => Promise<readonly WireItem[]>,
  size: number,
): ListSource<WireItem>["page"] {
  let first: ReadonlySet<string> = new Set();
  let counts: "records" | "pages" | undefined;
  const found = (tasks: readonly WireItem[]) => ({ tasks, full: tasks.length >= size });
  return async (read, pages) => {
    if (pages === 0) {
      const items = await ask(0);
      first = new Set(items.map(({ id }) => id));
      return found(items);
    }
    if (size === 1) return found(await ask(read));
    if (counts === undefined) {
      const items = await ask(1);
      counts = items.some(({ id }) => first.has(id)) ? "records" : "pages";
      if (counts === "pages") return found(items);
    }
    return found(await ask(counts === "records" ? read : pages));
  };
}
