/** ModelArts services: what service tasks are created in. */
import { z } from "zod";
import { CatalogClient, SERVICES, type CatalogQuery, type WireItem } from "../api/catalog";
import { field } from "../../core/schema/field";
import { failureKind, VideoAnalysisError } from "../../common/errors";
import { catalogEntry } from "./catalog-entry";
import { SERVICE } from "./catalog-shapes";
import { idInput, listInputs, lookupInputs, optional, pageSize } from "./inputs";
import { listerOf, type ListSource } from "./listing";
import { getLookup, listLookup } from "./lookup";

/** The documented default of a page; no maximum is. */
const PAGE = 1000;

const serviceStatus = field(
  z.enum([
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
  ]),
  { description: "The status of a ModelArts service.", typeName: "ServiceStatus" },
);

export const getService = getLookup({
  summary: "Reads a ModelArts service.",
  example: { id: "2a2db77f-0000-4000-8000-000000000001" },
  errors: { NOT_FOUND: "there is no such service" },
  source: "ModelArts, Obtaining Service Details",
  inputs: z.strictObject({ id: idInput("Id of the service."), ...lookupInputs.shape }),
  entry: SERVICE.entry,
  async get(runtime, inputs) {
    const { id } = inputs;
    const deadline = runtime.readDeadline(`getService of ${id}`, inputs);
    const { location, client } = await runtime.connect("modelarts", { args: inputs }, deadline);
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
});

const filters = z.strictObject({
  name: optional(
    z.string().min(1),
    "Only services of this name. Whether a part of it is enough is not documented.",
  ),
  inferType: optional(
    z.enum(["real-time", "batch", "edge"]),
    'Only services of this kind; `"edge"` is in the newer definition only.',
  ),
  status: optional(serviceStatus, "Only services in this status."),
  modelId: optional(z.string().min(1), "Only services of this model (AI application)."),
  workspaceId: optional(
    z.string().min(1),
    'Only services of this workspace; in an account without workspaces all have `"0"`.',
  ),
  tags: optional(z.string().min(1), "Only services with this tag; its form is not documented."),
});

export const listServices = listLookup({
  summary:
    "Lists the ModelArts services of the project, those published first before others: where a `serviceId` comes from.",
  example: { name: "face-detect" },
  source: "ModelArts, Obtaining Services",
  inputs: z.strictObject({
    ...filters.shape,
    pageSize: pageSize(1, PAGE, "Services of one request, 1 to 1000 (default)."),
    ...listInputs.shape,
  }),
  entry: SERVICE.entry,
  async open(runtime, inputs) {
    const deadline = () => runtime.readDeadline("listServices", inputs);
    const { location, client } = await runtime.connect("modelarts", { args: inputs }, deadline());
    const api = new CatalogClient(client);
    const { pageSize: size = PAGE, limit } = inputs;
    const ask = async (offset: number): Promise<readonly WireItem[]> => {
      const query = { ...queryOf(inputs), offset, limit: size };
      return (await api.list(SERVICES, query, deadline())).entries;
    };
    return listerOf(
      {
        page: pagesOf(ask, size),
        entry: (item: WireItem) => catalogEntry(SERVICE, item, location),
        countless: true,
      },
      limit,
    );
  },
});

/** In the order of publication, so that new services do not shift the pages. */
const queryOf = ({
  name,
  inferType,
  status,
  modelId,
  workspaceId,
  tags,
}: z.infer<typeof filters>): CatalogQuery => ({
  service_name: name,
  infer_type: inferType,
  status,
  model_id: modelId,
  workspace_id: workspaceId,
  tags,
  sort_by: "publish_at",
  order: "asc",
});

/**
 * The document calls `offset` the start page, which may mean pages or records. The second page decides: offset 1 repeats
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
