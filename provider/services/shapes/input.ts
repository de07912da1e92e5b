/**
 * Where the video comes from. The services share the objects and differ in names and bounds, which are data here.
 * Sources: TaskInput of the pages Creating a Service Task (ModelArts) and Creating a Job (VAS), and of the VAS API definition.
 */
import { z } from "zod";
import { field } from "../../core/schema/field";
import { headers, text } from "../../core/schema/primitives";

type Text = () => z.ZodString;

/** The bounds and texts of one service's inputs. */
export interface InputDialect {
  /** Prefix of the generated types. */
  readonly prefix: string;
  /** The service's word for a stream whose address a media server gives. */
  readonly restful: "restful" | "edgerestful";
  /** Most sources of one input. */
  readonly maxSources?: number;
  /** Fewest headers, where headers are given. */
  readonly minHeaders: 0 | 1;
  /** Whether cameras have a type and tags (ModelArts Edge). */
  readonly cameraTags: boolean;
  /** The document that the input comes from. */
  readonly source: string;
  readonly notes: { readonly sources: string; readonly obs: string; readonly vis: string };
  readonly url: Text;
  readonly rtspPath: Text;
  readonly nodeId: Text;
  readonly cameraId: Text;
  readonly deviceId: Text;
  readonly bucket: Text;
  readonly path: Text;
  readonly streamName: Text;
  readonly ip: Text;
  readonly username: Text;
  readonly password: Text;
}

/** Highest TCP port. */
const MAX_PORT = 65_535;

function restfulData(dialect: InputDialect) {
  return field(
    z.strictObject({
      url: field(dialect.url(), {
        description: "Request URL that answers with the address of the stream, at most 1000 characters.",
        secret: "url",
      }),
      headers: field(headers(dialect.minHeaders).optional(), {
        description: "Headers of that request, at most 10. Values are secrets.",
        secret: "value",
      }),
      certificateCheck: field(z.boolean(), {
        description: "Whether the certificate of the HTTPS request is verified.",
      }),
      rtspPathInResponse: field(dialect.rtspPath(), {
        description: "Where the answer holds the address of the stream, at most 1024 characters.",
      }),
      nodeId: nodeId(dialect),
    }),
    {
      description: "A stream whose address a media server gives.",
      typeName: `${dialect.prefix}RestfulInputData`,
    },
  );
}

function nodeId(dialect: InputDialect) {
  return field(dialect.nodeId().optional(), { description: "Node id. Some services only." });
}

function urlData(dialect: InputDialect) {
  return field(
    z.strictObject({
      url: field(dialect.url(), {
        description: "Address of a file or stream, at most 1000 characters.",
        secret: "url",
      }),
    }),
    { description: "A file or stream by its address.", typeName: `${dialect.prefix}UrlInputData` },
  );
}

const cameraTags = {
  cameraType: field(text().optional(), { description: "`ipc` for IPC cameras. ModelArts Edge only." }),
  tag: field(z.array(z.record(z.string(), z.string())).min(1).optional(), {
    description: "Camera tags, keys verbatim. Required when `cameraType` is `ipc`. ModelArts Edge only.",
  }),
};

function edgeCameraData(dialect: InputDialect) {
  const id = field(dialect.cameraId(), { description: "Id of the mounted edge device." });
  return field(z.strictObject(dialect.cameraTags ? { id, ...cameraTags } : { id }), {
    description: "A camera bound to an edge node.",
    typeName: `${dialect.prefix}EdgeCameraInputData`,
  });
}

function vcnData(dialect: InputDialect) {
  return field(
    z.strictObject({
      deviceId: field(dialect.deviceId(), { description: "VCN device id." }),
      streamType: field(z.int().min(1).max(3).optional(), {
        description: "Stream to analyse: 1 primary, 2 secondary stream 1, 3 secondary stream 2.",
      }),
      nodeId: nodeId(dialect),
    }),
    { description: "A device of a VCN server.", typeName: `${dialect.prefix}VcnInputData` },
  );
}

function obsData(dialect: InputDialect) {
  return field(
    z.strictObject({
      bucket: field(dialect.bucket(), { description: "OBS bucket." }),
      path: field(dialect.path(), { description: "Path in the bucket." }),
    }),
    { description: "Files in OBS.", typeName: `${dialect.prefix}ObsInputData` },
  );
}

function visData(dialect: InputDialect) {
  return field(
    z.strictObject({
      streamName: field(dialect.streamName(), { description: "Name of the VIS video stream." }),
    }),
    { description: "A VIS video stream.", typeName: `${dialect.prefix}VisInputData` },
  );
}

function vcnServer(dialect: InputDialect) {
  return field(
    z.strictObject({
      ip: field(dialect.ip(), { description: "IP address of the VCN server." }),
      port: field(z.int().min(0).max(MAX_PORT), { description: "Port of the VCN server, 0 to 65535." }),
      username: field(dialect.username(), { description: "User name at the VCN server." }),
      password: field(dialect.password(), {
        description:
          "Password at the VCN server. A secret; compared on refresh only where the service echoes it unmasked.",
        secret: "value",
      }),
    }),
    { description: "The VCN server of the devices.", typeName: `${dialect.prefix}VcnServer` },
  );
}

/** The input object of a service: one variant for each type, so that an editor offers only its fields. */
export function taskInput(dialect: InputDialect) {
  const sources = <T extends z.ZodType>(entry: T) =>
    field(
      dialect.maxSources === undefined
        ? z.array(entry).min(1)
        : z.array(entry).min(1).max(dialect.maxSources),
      { description: dialect.notes.sources },
    );
  const variant = <const K extends string, T extends z.ZodType>(
    type: K,
    entry: T,
    name: string,
    meaning: string,
  ) =>
    field(
      z.strictObject({
        type: field(z.literal(type), { description: `\`${type}\`: ${meaning}.` }),
        data: sources(entry),
      }),
      { description: `Input of type \`${type}\`: ${meaning}.`, typeName: `${dialect.prefix}${name}` },
    );
  return field(
    z.discriminatedUnion("type", [
      variant(
        dialect.restful,
        restfulData(dialect),
        "RestfulInput",
        "streams whose addresses a media server gives",
      ),
      variant("url", urlData(dialect), "UrlInput", "files or streams by their addresses"),
      variant("edgecamera", edgeCameraData(dialect), "EdgeCameraInput", "cameras bound to edge nodes"),
      field(
        z.strictObject({
          type: field(z.literal("vcn"), { description: "`vcn`: devices of a VCN server." }),
          data: sources(vcnData(dialect)),
          vcn: vcnServer(dialect),
        }),
        {
          description: "Input of type `vcn`: devices of a VCN server.",
          typeName: `${dialect.prefix}VcnInput`,
        },
      ),
      variant("obs", obsData(dialect), "ObsInput", `files in OBS${dialect.notes.obs}`),
      variant("vis", visData(dialect), "VisInput", `VIS video streams${dialect.notes.vis}`),
    ]),
    {
      description: "Where the video comes from.",
      typeName: `${dialect.prefix}Input`,
      source: dialect.source,
    },
  );
}
