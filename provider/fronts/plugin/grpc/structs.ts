/** Bags of values, and the messages of the engine's protocol that carry them. */
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PropertyMap } from "../../../common/json";

export const bagOf = (message: Struct | undefined): PropertyMap => message?.toJavaScript() ?? {};

/** @param bag sanitized values */
export const structOf = (bag: PropertyMap): Struct =>
  Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
