import {
  DEFAULT_EDGE_SERVICE,
  DEFAULT_IEF_SERVICE,
  type Emulator,
  type EmulatorOptions,
  type Json,
  type JsonObject,
  startEmulator,
} from "../../testkit/emulator";

export const EDGE = DEFAULT_EDGE_SERVICE.id;
export const IEF = DEFAULT_IEF_SERVICE.id;

/** An answer with its body, as text and where possible as JSON. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: JsonObject;
  /** `error_code` and `error_msg`, "" where the body has none. */
  code: string;
  message: string;
}

/** Calls an emulator of its own with a valid token. */
export class Caller {
  headers: Record<string, string>;

  private constructor(readonly emulator: Emulator) {
    this.headers = { "X-Auth-Token": emulator.token };
  }

  static async open(options: EmulatorOptions = {}): Promise<Caller> {
    return new Caller(await startEmulator({ clock: { mode: "manual" }, ...options }));
  }

  tasksUrl(service: string, rest = ""): string {
    const { endpoints, projectId } = this.emulator;
    return `${endpoints.modelarts}/v1/${projectId}/services/${service}/tasks${rest}`;
  }

  /** A call of VIAS or VAS; the path begins behind the project. */
  call(service: "vias" | "iva", method: string, path: string, body?: Json): Promise<Reply> {
    const { endpoints, projectId } = this.emulator;
    return this.send(method, `${endpoints[service]}/v2/${projectId}${path}`, body);
  }

  async send(method: string, url: string, body?: Json, headers: Record<string, string> = {}): Promise<Reply> {
    const response = await fetch(url, {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = parsed(text);
    const member = (key: string) => (typeof json[key] === "string" ? json[key] : "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      json,
      code: member("error_code"),
      message: member("error_msg"),
    };
  }

  create(service: string, body: JsonObject): Promise<Reply> {
    return this.send("POST", this.tasksUrl(service), body);
  }

  /** Creates a task that has to be accepted and returns its id. */
  async made(service: string, body: JsonObject): Promise<string> {
    const { status, json, text } = await this.create(service, body);
    if (status !== 201) throw new Error(`create: ${status} ${text}`);
    return (json["tasks"] as { id: string }[])[0]!.id;
  }

  list(service: string, query = ""): Promise<Reply> {
    return this.send("GET", this.tasksUrl(service, query));
  }

  /** The names that a list answers, in its order. */
  async names(service: string, query = ""): Promise<string[]> {
    const { json } = await this.list(service, query);
    return (json["tasks"] as { name: string }[]).map((task) => task.name);
  }

  show(service: string, id: string): Promise<Reply> {
    return this.send("GET", this.tasksUrl(service, `/${id}`));
  }

  async stateOf(service: string, id: string): Promise<unknown> {
    return (await this.show(service, id)).json["state"];
  }

  delete(service: string, id: string): Promise<Reply> {
    return this.send("DELETE", this.tasksUrl(service, `/${id}`));
  }

  act(service: string, id: string, action: "start" | "stop"): Promise<Reply> {
    return this.send("POST", this.tasksUrl(service, `/${id}/${action}`));
  }

  tokenUrl(query = ""): string {
    return `${this.emulator.endpoints.iam}/v3/auth/tokens${query}`;
  }
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return {};
  }
}

/** A copy without one member. */
export function without(body: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
}

/** A task that Edge accepts: the first documented example. */
export function edgeTask(name = "task-test", more: JsonObject = {}): JsonObject {
  return {
    name,
    description: "hello world",
    input: {
      type: "restful",
      data: [
        {
          certificate_check: false,
          url: "https://100.0.0.1:8443",
          rtsp_path_in_response: "/input/url",
          headers: { "Content-Type": "application/json" },
        },
      ],
    },
    output: {
      webhook: { url: "https://100.0.0.1:8443/output", headers: { "Content-Type": "application/json" } },
    },
    source_usage_estimate: { cpu: 0.1, memory: 32 },
    ...more,
  };
}

/** A task that IEF accepts. */
export function iefTask(name = "task-test", more: JsonObject = {}): JsonObject {
  return {
    name,
    input: { type: "url", data: [{ url: "rtsp://cameras.example.com/1" }] },
    output: { dis: { stream_name: "dis-test" } },
    config: { video_sampling_interval: 1 },
    ...more,
  };
}

/** A batch that VIAS accepts: the documented example without the members that no schema has. */
export function batchTask(name = "wdwd", more: JsonObject = {}): JsonObject {
  return {
    name,
    service_name: "fire-smoke",
    service_version: "1.0",
    is_saved_as_template: false,
    description: "",
    batch_input: sources("group-north", "camera-north-1"),
    output: { webhook: { url: "http://test", headers: { a: "a" } } },
    config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
    ...more,
  };
}

/** A batch input of one group; without sources it means all of the group's. */
export function sources(group: string, ...ids: string[]): JsonObject {
  const list = ids.map((id) => ({ video_source_id: id }));
  return { video_source_group: [{ video_source_group_id: group, video_source_list: list }] };
}

/** A job that VAS accepts: the documented example. */
export function vasJob(name = "task-est", more: JsonObject = {}): JsonObject {
  return {
    name,
    description: "description",
    input: { type: "obs", data: [{ bucket: "obs-iva", path: "input/demo.mp4" }] },
    output: { obs: { bucket: "obs-iva", path: "output/" } },
    service_version: "1.0",
    ...more,
  };
}

/** The password-method body of IAM. */
export function login(more: { password?: string; domain?: JsonObject; scope?: JsonObject } = {}): JsonObject {
  const user = {
    name: "emulator-user",
    password: more.password ?? "emulator-password",
    domain: more.domain ?? { name: "emulator-domain" },
  };
  return {
    auth: {
      identity: { methods: ["password"], password: { user } },
      ...(more.scope === undefined ? {} : { scope: more.scope }),
    },
  };
}

/** Runs a test file's suite against one emulator on a manual clock, in which each passing state lasts 100 ms. */
export function withCaller(): () => Caller {
  let caller: Caller | undefined;
  const opened = (): Caller => {
    if (caller === undefined) throw new Error("the caller opens before the first test");
    return caller;
  };
  before(async () => {
    caller = await Caller.open();
  });
  beforeEach(() => {
    const { emulator } = opened();
    emulator.reset();
    emulator.configure({
      transitions: { pendingMs: 100, startingMs: 100, stoppingMs: 100, deletingMs: 100 },
    });
  });
  after(() => opened().emulator.close());
  return opened;
}
