/** Read-only functions that tell what the services have. */
export type * from "./arguments";
export type { LookupInputs } from "./ask";
export type { LookupOptions } from "./configuration";
export type * from "./catalog-entries";
export type * from "./entries";
export type { LookupList } from "./list";
export * from "./catalog";
export * from "./tasks";
