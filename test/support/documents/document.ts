import type { PropertyMap } from "../../../provider/common/json";

/** A create as a document gives it, or a variant that a document allows: what a program writes, what goes out. */
export interface Document {
  readonly title: string;
  readonly kind: "ServiceTask" | "BatchTask" | "VideoAnalysisJob";
  /** An example that is printed in a document, as opposed to a variant of one. */
  readonly printed: boolean;
  readonly args: PropertyMap;
  readonly body: PropertyMap;
}

/** A row of a table of variants: members of the arguments, and those of the body that they become. */
export type Variant = readonly [title: string, args: PropertyMap, body: PropertyMap];

/** The documents that differ from a common base by the rows' members. */
export function variants(
  kind: Document["kind"],
  base: Pick<Document, "args" | "body">,
  rows: readonly Variant[],
) {
  return rows.map(([title, args, body]): Document => ({
    title,
    kind,
    printed: false,
    args: { ...base.args, ...args },
    body: { ...base.body, ...body },
  }));
}

/** Outputs that VIAS and VAS document alike. */
export const SHARED_OUTPUTS: readonly Variant[] = [
  [
    "to OBS",
    { output: { obs: { bucket: "obs-iva", path: "output/", dataCategory: ["a", "b"] } } },
    { output: { obs: { bucket: "obs-iva", path: "output/", data_category: ["a", "b"] } } },
  ],
  [
    "to DIS",
    { output: { dis: { streamName: "dis-test", dataCategory: [] } } },
    { output: { dis: { stream_name: "dis-test", data_category: [] } } },
  ],
  [
    "to a webhook",
    { output: { webhook: { url: "https://hook.example.com/x", headers: { a: "b", "X-Key": "c" } } } },
    { output: { webhook: { url: "https://hook.example.com/x", headers: { a: "b", "X-Key": "c" } } } },
  ],
];
