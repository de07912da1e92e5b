/** Stacks on the engine stand-in. */
import * as path from "node:path";
import { Engine as StandIn, type OperationResult } from "../../engine";
import { type Engine, foreignVariables, isOwn, type Stack, type StackOptions } from "./engine";
import { programIn, PROJECT } from "./program-directory";

export const standIn: Engine = {
  title: "the engine stand-in",
  hasPlugins: false,
  open: (options) => Promise.resolve(openStack(options)),
};

function openStack({ scratch, config }: StackOptions): Stack {
  const engine = new StandIn({
    workDir: programIn(scratch),
    project: PROJECT,
    config,
    stateFile: path.join(scratch, "state.json"),
    env: {
      ...Object.fromEntries(foreignVariables().map((name) => [name, undefined])),
      HOME: scratch,
    },
  });
  return {
    up: async () => succeeded(await engine.up()),
    preview: async () => succeeded(await engine.preview()),
    refresh: async () => succeeded(await engine.refresh()),
    destroy: async () => succeeded(await engine.destroy()),
    exported: () => Promise.resolve(engine.exportStack()),
    resources: () => Promise.resolve((engine.exportStack().deployment.resources ?? []).filter(isOwn)),
  };
}

function succeeded({ ok, diagnostics }: OperationResult): void {
  if (ok) return;
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  throw new Error(["The engine stand-in reports a failure:", ...errors].join("\n  "));
}
