/** VIAS with one batch or a few, whose answers a test chooses, and a gateway on it. */
import assert from "node:assert/strict";
import { ViasClient } from "../../../provider/services/api/vias";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import { Transport } from "../../../provider/services/http/transport";
import { BatchLists } from "../../../provider/services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../../provider/services/batch-task/gateway";
import { CountingAuthenticator, type Received, type Reply, serve } from "../../http/support";
import { FakeClock } from "../../support/fake-clock";
import { batchArgs } from "./support";

export interface Row {
  readonly id: string;
  readonly name: string;
}

export const json = (body: unknown, status = 200): Reply => ({ status, body });
export const counters = (failed: number, total = 2, more: PropertyMap = {}): Reply =>
  json({
    total_count: total,
    failed_count: failed,
    succeed_count: total - failed,
    id: "batch-1",
    error_list: [],
    ...more,
  });

/** Sub-tasks of every batch; a batch list with pages of 200; anything else by `other`. */
export class ViasService {
  rows: Row[] = [{ id: "batch-1", name: "site-a" }];
  states = ["RUNNING", "RUNNING"];
  /** Further members of the list of sub-tasks. */
  listedWith: PropertyMap = {};
  other: (request: Received) => Reply = () => counters(0);
  readonly calls: string[] = [];

  readonly answer = (request: Received): Reply => {
    const url = new URL(request.url, "http://localhost");
    const path = url.pathname.replace("/v2/project/", "");
    const query = url.searchParams;
    this.calls.push(`${request.method} ${path}${query.has("name_like") ? " named" : ""}`);
    if (request.method !== "GET") return this.other(request);
    if (path === "batch-tasks") return this.#batches(query);
    if (path === "tasks") return this.#subTasks(query);
    const [, id = ""] = path.split("/");
    const source = id.replace("task-", "camera-north-");
    return json({
      id,
      state: this.states[Number(id.slice(-1)) - 1],
      input: { type: "video_source", data: [{ video_source_id: source }] },
      output: { webhook: { url: "https://example.com/hook", headers: { "X-Key": "header-canary" } } },
    });
  };

  #batches(query: URLSearchParams): Reply {
    const like = query.get("name_like") ?? "";
    const found = this.rows.filter(({ name }) => name.includes(like));
    const page = found
      .slice((Number(query.get("page_num")) - 1) * 200)
      .slice(0, Number(query.get("page_size")));
    const batch_task_list = page.map(({ id, name }) => ({
      id,
      batch_task_name: name,
      num_task: this.states.length,
    }));
    return json({ count: found.length, batch_task_list });
  }

  #subTasks(query: URLSearchParams): Reply {
    const size = Number(query.get("page_size"));
    const page = this.states.slice((Number(query.get("page")) - 1) * size).slice(0, size);
    const first = (Number(query.get("page")) - 1) * size + 1;
    const tasks = page.map((state, index) => ({ id: `task-${first + index}`, name: "site-a_task", state }));
    return json({ count: tasks.length, page: 1, page_size: size, tasks, ...this.listedWith });
  }

  count = (call: string): number => this.calls.filter((made) => made === call).length;
}

export const clock = new FakeClock();

export async function open(
  vias: ViasService,
  options: { detail?: "sample" | "all"; args?: PropertyMap; lists?: BatchLists } = {},
): Promise<BatchTaskGateway> {
  const service = await serve(vias.answer);
  const client = new ViasClient({
    transport: new Transport({ clock, env: {} }),
    endpoint: service.url,
    projectId: "project",
    authenticator: new CountingAuthenticator(),
  });
  const { detail = "sample", args = batchArgs(), lists = new BatchLists(clock) } = options;
  return new BatchTaskGateway({ client, scope: "scope", lists, detail, args });
}

export const failsWith =
  (code: string, ...texts: (string | RegExp)[]) =>
  (error: unknown) => {
    assert.ok(isVideoAnalysisError(error), String(error));
    assert.equal(error.code, code);
    for (const text of texts) assert.match(error.message, new RegExp(text));
    return true;
  };
