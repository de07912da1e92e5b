/** Where the video comes from. Source: TaskInput of the ModelArts create page (seed 000). */
import { z } from "zod";
import { field } from "./field";
import { headers } from "./primitives";

/** Longest input and webhook URL, in characters. */
export const MAX_URL = 1000;
/** Longest path of the stream address in a RESTful answer, in characters. */
const MAX_RTSP_PATH = 1024;
/** Highest TCP port. */
const MAX_PORT = 65_535;

const text = (): z.ZodString => z.string().min(1);
// The documents' own examples (`https://100.xx.xx.xx:xxxx`) are no parsable URLs: only the length is checked.
const url = (): z.ZodString => z.string().min(1).max(MAX_URL);

const nodeId = field(text().optional(), {
  description: "Node id. Some services only.",
});

const restfulData = field(
  z.strictObject({
    url: field(url(), {
      description: "Request URL that answers with the address of the stream, at most 1000 characters.",
      secret: "url",
    }),
    headers: field(headers(0).optional(), {
      description: "Headers of that request, at most 10. Values are secrets.",
      secret: "value",
    }),
    certificateCheck: field(z.boolean(), {
      description: "Whether the certificate of the HTTPS request is verified.",
    }),
    rtspPathInResponse: field(text().max(MAX_RTSP_PATH), {
      description: "Where the answer holds the address of the stream, at most 1024 characters.",
    }),
    nodeId,
  }),
  { description: "A stream whose address a media server gives.", typeName: "RestfulInputData" },
);

const urlData = field(
  z.strictObject({
    url: field(url(), {
      description: "Address of a file or stream, at most 1000 characters.",
      secret: "url",
    }),
  }),
  { description: "A file or stream by its address.", typeName: "UrlInputData" },
);

const edgeCameraData = field(
  z.strictObject({
    id: field(text(), { description: "Id of the mounted edge device." }),
    cameraType: field(text().optional(), { description: "`ipc` for IPC cameras. ModelArts Edge only." }),
    tag: field(z.array(z.record(z.string(), z.string())).min(1).optional(), {
      description: "Camera tags, keys verbatim. Required when `cameraType` is `ipc`. ModelArts Edge only.",
    }),
  }),
  { description: "A camera bound to an edge node.", typeName: "EdgeCameraInputData" },
);

const vcnData = field(
  z.strictObject({
    deviceId: field(text(), { description: "VCN device id." }),
    streamType: field(z.int().min(1).max(3).optional(), {
      description: "Stream to analyse: 1 primary, 2 secondary stream 1, 3 secondary stream 2.",
    }),
    nodeId,
  }),
  { description: "A device of a VCN server.", typeName: "VcnInputData" },
);

const obsData = field(
  z.strictObject({
    bucket: field(text(), { description: "OBS bucket." }),
    path: field(text(), { description: "Path in the bucket." }),
  }),
  { description: "Files in OBS.", typeName: "ObsInputData" },
);

const visData = field(
  z.strictObject({ streamName: field(text(), { description: "Name of the VIS video stream." }) }),
  { description: "A VIS video stream.", typeName: "VisInputData" },
);

const vcnServer = field(
  z.strictObject({
    ip: field(text(), { description: "IP address of the VCN server." }),
    port: field(z.int().min(0).max(MAX_PORT), { description: "Port of the VCN server, 0 to 65535." }),
    username: field(text(), { description: "User name at the VCN server." }),
    password: field(text(), {
      description:
        "Password at the VCN server. A secret; compared on refresh only where the service echoes it unmasked.",
      secret: "value",
    }),
  }),
  { description: "The VCN server of the devices.", typeName: "VcnServer" },
);

const data = <T extends z.ZodType>(entry: T) =>
  field(z.array(entry).min(1), { description: "The sources; each entry becomes a task of its own." });

const variant = <const K extends string, T extends z.ZodType>(
  type: K,
  entry: T,
  typeName: string,
  meaning: string,
) =>
  field(
    z.strictObject({
      type: field(z.literal(type), { description: `\`${type}\`: ${meaning}.` }),
      data: data(entry),
    }),
    { description: `Input of type \`${type}\`: ${meaning}.`, typeName },
  );

export const taskInput = field(
  z.discriminatedUnion("type", [
    variant("restful", restfulData, "RestfulInput", "streams whose addresses a media server gives"),
    variant("url", urlData, "UrlInput", "files or streams by their addresses"),
    variant("edgecamera", edgeCameraData, "EdgeCameraInput", "cameras bound to edge nodes"),
    field(
      z.strictObject({
        type: field(z.literal("vcn"), { description: "`vcn`: devices of a VCN server." }),
        data: data(vcnData),
        vcn: vcnServer,
      }),
      { description: "Input of type `vcn`: devices of a VCN server.", typeName: "VcnInput" },
    ),
    variant("obs", obsData, "ObsInput", "files in OBS (IEF only, never with a schedule)"),
    variant("vis", visData, "VisInput", "VIS video streams (IEF only)"),
  ]),
  { description: "Where the video comes from.", typeName: "TaskInput" },
);
