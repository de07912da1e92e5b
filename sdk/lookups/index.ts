/** Read-only functions that tell what the services have. */
export * from "./arguments";
export type { LookupInputs } from "./ask";
export type { LookupOptions } from "./configuration";
export * from "./catalog-entries";
export * from "./entries";
export { LookupList } from "./list";
export * from "./catalog";
export * from "./tasks";
