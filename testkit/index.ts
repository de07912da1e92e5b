/**
 * For tests of programs that use this package: mocks in place of the engine, and the emulator of the services.
 * @module
 */
export * from "./emulator";
export * from "./mocks";
