/**
 * Loaded with `-r` into processes of the SDK; a plain module without exports. TypeScript and npm's arborist, which the
 * SDK loads at its start, take two thirds of the time of that, and only serialized functions need them: here they are
 * loaded at their first use.
 */
import Module from "node:module";

const LATE =
  /^(?:typescript|@npmcli\/arborist|@opentelemetry\/(?:exporter-|instrumentation|resources|sdk-trace-).*)$/;
const IN_SDK = /[\\/]@pulumi[\\/]pulumi[\\/](?!.*node_modules)/;

// Node calls it with the module that requires as `this`.
const load = Object.getOwnPropertyDescriptor(Module.prototype, "require")?.value as (
  this: Module,
  id: string,
) => Record<PropertyKey, unknown>;

Module.prototype.require = function (this: Module, id: string): unknown {
  if (!LATE.test(id) || !IN_SDK.test(this.filename)) return load.call(this, id);
  // The SDK falls back to another one where this one is missing.
  Module.createRequire(this.filename).resolve(id);
  let loaded: Record<PropertyKey, unknown> | undefined;
  return new Proxy(
    {},
    {
      // Said to be an ES module, it is taken as it is instead of copied.
      get: (_, key) => (key === "__esModule" ? true : (loaded ??= load.call(this, id))[key]),
    },
  );
};
