/**
 * The documented arguments and outputs of every resource, as zod schemas.
 * @module
 */
export { catalog, type CatalogEntry } from "./services/catalog";
export { fields, metaOf, type FieldMeta } from "./core/schema/field";
