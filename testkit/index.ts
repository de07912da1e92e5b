/**
 * For tests of programs that use this package: mocks in place of the engine, the emulator of the services, and an
 * engine that runs a program without the Pulumi CLI.
 * @module
 */
export * from "./emulator";
export * from "../tools/engine";
export * from "./mocks";
// Both parts have a type of this name; they are the same.
export type { Json } from "./emulator";
