/** Read-only functions that show what the services have. */
export * from "../types/lookups";
export type { LookupInputs } from "./ask";
export type { LookupOptions } from "./configuration";
export { LookupList } from "./list";
