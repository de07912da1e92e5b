/**
 * Mocks for unit tests of a program, in place of the engine.
 *
 * @module
 */
export { mocks } from "./mocks";
export type { MockedResource, MocksOptions, Refusal, ResourceMock, VideoAnalysisMocks } from "./types";
export { valueOf } from "./value-of";
