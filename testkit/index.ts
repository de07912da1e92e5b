/**
 * For tests of programs that use this package: the emulator of the services, and an engine that runs a program
 * without the Pulumi CLI.
 * @module
 */
export * from "./emulator";
export * from "./engine";
// Both parts have a type of this name; they are the same.
export type { Json } from "./emulator";
