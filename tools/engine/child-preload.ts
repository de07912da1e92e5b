/** Loaded with `-r` into the program's and the provider's process; a plain module without exports. */
import { Socket } from "node:net";
import * as util from "node:util";
import { isMainThread } from "node:worker_threads";
import "./late-modules";

/** The pipe whose other end the engine holds; it closes when the engine's process is gone, however it ended. */
const PARENT_PIPE = 3;

/**
 * The SDK prints an uncaught error with `util.inspect(error, { colors: true })`, which never returns on Node 20.20
 * when a source map names a file below `node_modules/@scope` (nodejs/node#64011). Without colours it does.
 */
function dropColorsForErrors(): void {
  const mutable: { inspect: unknown } = requireUtil();
  const inspect = util.inspect;
  const patched = (value: unknown, options?: unknown, ...rest: unknown[]): string => {
    const plain =
      util.types.isNativeError(value) && typeof options === "object" && options !== null
        ? { ...options, colors: false }
        : options;
    return Reflect.apply(inspect, util, [value, plain, ...rest]) as string;
  };
  mutable.inspect = Object.assign(patched, inspect);
}

function requireUtil(): { inspect: unknown } {
  // The namespace object is frozen; the module itself is not.
  return process.getBuiltinModule("node:util");
}

function endWithParent(): void {
  const pipe = new Socket({ fd: PARENT_PIPE, readable: true, writable: false });
  const end = (): void => {
    process.kill(process.pid, "SIGKILL");
  };
  pipe.once("end", end).once("error", end).resume();
  pipe.unref();
}

if (isMainThread) {
  dropColorsForErrors();
  endWithParent();
}
