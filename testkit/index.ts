/**
 * For tests of programs that use this package: the emulator of the services, and an engine that runs a program
 * without the Pulumi CLI.
 * @module
 */
export * from "./emulator";
export * from "./engine";
