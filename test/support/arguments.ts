/** Arguments, as programs write them, that the tests start from. */
import type { PropertyMap } from "../../provider/common/json";
import { documented } from "./documents";

/** The engine's placeholder in a preview for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
export const SERVICE = "2a2db77f-aaaa-bbbb-cccc-608a31865313";

/** A documented create, in another service and for whatever platform that is. */
const printed = (title: string): PropertyMap =>
  without({ ...documented("ServiceTask", title).args, serviceId: SERVICE }, "platform");

/** The first documented create (Creating a Service Task): restful to webhook, ModelArts Edge. */
export const restfulToWebhook = printed("restful to webhook");

/** The second one: a tagged IPC camera to DIS. */
export const edgeCameraToDis = printed("edgecamera to DIS");

/** The third one: every day from 08:00 to 20:00, with the type in upper case as printed. */
export const scheduledUrlToDis = printed("scheduled url to DIS");

/** A file that ends, analysed on IEF. */
export const fileOnIef: PropertyMap = {
  serviceId: SERVICE,
  name: "task-file",
  platform: "ief",
  input: { type: "obs", data: [{ bucket: "videos", path: "input/a.mp4" }] },
  output: { obs: { bucket: "results", path: "output/" } },
  config: { image_compression_ratio: 90, nested: { keep: true } },
};

/** The same with several files, each of which is a task. */
export const filesOnIef = (...paths: readonly string[]): PropertyMap => ({
  ...fileOnIef,
  input: { type: "obs", data: paths.map((path) => ({ bucket: "v", path })) },
});

export const vcnInput: PropertyMap = {
  type: "vcn",
  data: [{ deviceId: "device-1", streamType: 1, nodeId: "node-1" }],
  vcn: { ip: "10.0.0.1", port: 8080, username: "camera", password: "canary-password" },
};

/** A copy with the value at the path replaced; `undefined` takes the property away. */
export function withAt<T>(value: T, path: readonly (string | number)[], replacement: unknown): T {
  const [part, ...rest] = path;
  if (part === undefined) return replacement as T;
  if (Array.isArray(value)) {
    const items = [...(value as unknown[])];
    items[Number(part)] = withAt(items[Number(part)], rest, replacement);
    return items as T;
  }
  const bag = { ...(value as Record<string, unknown>) };
  const child = withAt(bag[part], rest, replacement);
  if (child === undefined) Reflect.deleteProperty(bag, part);
  else
    Object.defineProperty(bag, part, { value: child, enumerable: true, configurable: true, writable: true });
  return bag as T;
}

/** A copy without the properties. */
export function without(bag: PropertyMap, ...keys: readonly string[]): PropertyMap {
  return Object.fromEntries(Object.entries(bag).filter(([key]) => !keys.includes(key)));
}

/** `withAt` for a path in the notation of failures: `input.data[0].url`. */
export function changed<T>(value: T, path: string, replacement: unknown): T {
  const parts = [...path.matchAll(/[^.[\]]+/g)].map(([part]) => (/^\d+$/.test(part) ? Number(part) : part));
  return withAt(value, parts, replacement);
}
