/**
 * Where results go. The services share the members and differ in which of them they know, which is data here.
 * Sources: TaskOutput of the create pages and of the VIAS and VAS API definitions.
 */
import { z } from "zod";
import { field } from "../../core/schema/field";
import { headers, text, unique } from "../../core/schema/primitives";

type Text = () => z.ZodString;

/** The bounds and texts of one service's outputs. */
export interface OutputDialect {
  /** Prefix of the generated types. */
  readonly prefix: string;
  /** Most entries of `dataCategory`, which are then distinct. */
  readonly maxCategories?: number;
  readonly bucket: Text;
  readonly path: Text;
  readonly disStream: Text;
  /** Whether a DIS stream may be given an id beside its name. */
  readonly disStreamId: boolean;
  readonly url: Text;
  /** The document that the output comes from. */
  readonly source: string;
  readonly notes: { readonly obs: string; readonly all: string };
}

function dataCategory(dialect: OutputDialect) {
  const { maxCategories } = dialect;
  const list = maxCategories === undefined ? z.array(z.string()) : unique(z.string(), maxCategories);
  return field(list.optional(), {
    description: "Kinds of result data to send. Some services only.",
    unordered: true,
  });
}

/** The members that every service knows. */
export function commonOutputs(dialect: OutputDialect) {
  return {
    obs: field(
      field(
        z.strictObject({
          bucket: field(dialect.bucket(), { description: "OBS bucket." }),
          path: field(dialect.path(), { description: "Path in the bucket." }),
          dataCategory: dataCategory(dialect),
        }),
        { description: "Results to OBS.", typeName: `${dialect.prefix}ObsOutput` },
      ).optional(),
      { description: `Results to OBS.${dialect.notes.obs}`, observedWhenUnset: true },
    ),
    webhook: field(
      field(
        z.strictObject({
          url: field(dialect.url(), {
            description: "Callback address.",
            secret: "url",
          }),
          headers: field(headers(1), {
            description: "Headers of the callback, 1 to 10. Values are secrets.",
            secret: "value",
          }),
          dataCategory: dataCategory(dialect),
        }),
        { description: "Results to a webhook.", typeName: `${dialect.prefix}WebhookOutput` },
      ).optional(),
      { description: "Results to a webhook.", observedWhenUnset: true },
    ),
  };
}

export function disOutput(dialect: OutputDialect) {
  const streamName = field(dialect.disStream(), { description: "DIS stream name." });
  const streamId = field(text().optional(), { description: "DIS stream id. ModelArts Edge only." });
  const members = dialect.disStreamId ? { streamName, streamId } : { streamName };
  return field(
    field(z.strictObject({ ...members, dataCategory: dataCategory(dialect) }), {
      description: "Results to a DIS stream.",
      typeName: `${dialect.prefix}DisOutput`,
    }).optional(),
    { description: "Results to a DIS stream.", observedWhenUnset: true },
  );
}

/** Results that the service keeps itself. Its read shape is another and appears as an output of the resource. */
export function hostingOutput(dialect: OutputDialect) {
  return field(
    field(z.strictObject({ dataCategory: dataCategory(dialect) }), {
      description: "Results kept by the service.",
      typeName: `${dialect.prefix}HostingOutput`,
    }).optional(),
    {
      description: "Results kept by the service, as `result.json`, for a limited time.",
      observedWhenUnset: true,
      presence: true,
    },
  );
}

/** Longest mount path, in characters. */
const MAX_MOUNT_PATH = 255;

export function localpathOutput(dialect: OutputDialect) {
  return field(
    field(
      z.strictObject({
        mountSourcePath: field(
          z
            .string()
            .max(MAX_MOUNT_PATH)
            .regex(/^(?:\/[\w.-]+)+\/?$/, { error: "expected an absolute Linux path" }),
          { description: "Path below the mount of the edge pool, at most 255 characters." },
        ),
        dataCategory: dataCategory(dialect),
      }),
      { description: "Results to a path of the edge pool.", typeName: `${dialect.prefix}LocalpathOutput` },
    ).optional(),
    { description: "Results to a path of the edge pool. Edge jobs only.", observedWhenUnset: true },
  );
}

/** The output object with the members of a service. */
export function taskOutput<S extends z.core.$ZodLooseShape>(dialect: OutputDialect, members: S) {
  return field(z.strictObject(members), {
    description: `Where results go; at least one member.${dialect.notes.all}`,
    typeName: `${dialect.prefix}Output`,
    source: dialect.source,
  });
}
