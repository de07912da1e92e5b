/**
 * The same classes on the provider plugin, which the Pulumi CLI has to find: with them the option `import` works, and so does
 * `pulumi import`. Stacks of the dynamic classes move over by an alias, without a call to a service.
 * @module
 */
export * from "..";
export { BatchTask, ServiceTask, VideoAnalysisJob } from "./resources";
export { Provider } from "./provider";
