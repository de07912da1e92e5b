/** Hooks without work, whose answers are as large as those of this package for a task of ModelArts. */
import { randomUUID } from "node:crypto";

type PropertyMap = Readonly<Record<string, unknown>>;

/** Inputs that check adds to the arguments. */
const checked = { nameIsDefault: true, region: "eu-de", regionFrom: "config" };
const CREATED_AT = "2026-01-01T00:00:00Z";

/** Outputs that create adds to the inputs. */
const outputs = (id: string): PropertyMap => ({
  taskIds: [id],
  states: ["RUNNING"],
  state: "RUNNING",
  tasks: [{ id, state: "RUNNING", createdAt: CREATED_AT, updatedAt: CREATED_AT, status: "", extra: "" }],
  projectId: "0123456789abcdef0123456789abcdef",
  endpoint: "http://127.0.0.1:40000/modelarts",
  unfinished: [],
  stateVersion: 1,
  serviceName: "face-detect",
  creator: "emulator-user",
});

const OUTPUT_KEYS: ReadonlySet<string> = new Set(Object.keys(outputs("")));

export const ServiceTask = {
  check: (_: PropertyMap, { autoName, ...news }: PropertyMap) =>
    Promise.resolve({ inputs: { ...news, name: autoName, ...checked }, failures: [] }),
  diff: () => Promise.resolve({ replaces: [], deleteBeforeReplace: true }),
  create: (inputs: PropertyMap) => {
    const id = randomUUID();
    return Promise.resolve({
      id: `${String(inputs["serviceId"])}/${id}`,
      outs: { ...inputs, ...outputs(id) },
    });
  },
  read: (id: string, props: PropertyMap) => {
    const inputs = Object.fromEntries(Object.entries(props).filter(([key]) => !OUTPUT_KEYS.has(key)));
    return Promise.resolve({ id, props, inputs });
  },
  update: (_: string, olds: PropertyMap, news: PropertyMap) =>
    Promise.resolve({ outs: { ...olds, ...news } }),
  delete: () => Promise.resolve(),
};
