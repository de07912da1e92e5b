/**
 * The same tasks in the usual way: an ordinary `pulumi.dynamic.Resource`, whose provider the SDK serializes into the
 * state of every resource. It makes one POST, one GET or one DELETE, and neither validates, looks first nor waits;
 * a call that is refused for the quota is made again when the answer says.
 */
import * as pulumi from "@pulumi/pulumi";
import { logicalName } from "./arguments";

const config = new pulumi.Config("bench");
const serviceId = config.require("serviceId");
const tasksUrl = config.require("tasksUrl");
const token = config.require("token");

interface Answer {
  readonly tasks: { readonly id: string }[];
}

interface Task {
  readonly name: string;
  readonly state: string;
}

async function call(method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${tasksUrl}${path}`, {
    method,
    headers: { "X-Auth-Token": token, "Content-Type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status === 429) {
    await new Promise((resolve) =>
      setTimeout(resolve, 1000 * Number(answer.headers.get("retry-after") ?? 1)),
    );
    return call(method, path, body);
  }
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

const provider: pulumi.dynamic.ResourceProvider = {
  async create({ body }: { body: object }) {
    const { tasks } = (await call("POST", "", body)) as Answer;
    const id = tasks[0]?.id ?? "";
    const { name, state } = (await call("GET", `/${id}`)) as Task;
    return { id, outs: { body, name, state } };
  },
  async read(id: string, props: { body: object }) {
    const { name, state } = (await call("GET", `/${id}`)) as Task;
    return { id, props: { ...props, name, state } };
  },
  async delete(id: string) {
    await call("DELETE", `/${id}`);
  },
};

class UsualTask extends pulumi.dynamic.Resource {
  constructor(name: string, body: object) {
    super(provider, name, { body, name: undefined, state: undefined, serviceId });
  }
}

for (let index = 0; index < config.requireNumber("count"); index += 1) {
  new UsualTask(logicalName(index), {
    name: `${logicalName(index)}-0123456789ab`,
    description: "watched from the gate",
    input: { type: "url", data: [{ url: `rtsp://cameras.example.com/${index}` }] },
    output: { dis: { stream_name: "results" } },
    source_usage_estimate: { cpu: 0.1, memory: 32 },
  });
}
