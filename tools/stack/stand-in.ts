/** A stack on the engine stand-in. */
import * as path from "node:path";
import { Engine, type EngineEvent, type OperationResult, type StepRecord } from "../engine";
import { changesOf, isTask, type RunResult, type Stack, type StackOptions, type Step } from "./stack";

function stepOf(record: StepRecord): Step {
  const op = record.op === "refresh" ? `refresh-${record.resultOp ?? "same"}` : record.op;
  const changes = op === "refresh-delete" ? [] : changesOf(record.oldInputs, record.newInputs);
  return { op, type: record.type, name: record.name, changes };
}

function resultOf(result: OperationResult): RunResult {
  return {
    ok: result.ok,
    steps: result.steps.map(stepOf).filter(isTask),
    errors: result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message),
  };
}

export function openStandIn(options: StackOptions): Stack {
  const engine = new Engine({
    workDir: options.program,
    project: options.project,
    config: options.config,
    secretConfig: options.secretConfig,
    stateFile: path.join(options.scratch, "state.json"),
    env: options.env,
    onEvent: (event: EngineEvent) => {
      if (event.type !== "step-end") return;
      const step = stepOf(event.step);
      if (isTask(step)) options.onStep(step);
    },
  });
  return {
    engine: "the engine stand-in (no Pulumi CLI on the PATH)",
    preview: async () => resultOf(await engine.preview()),
    up: async () => resultOf(await engine.up()),
    refresh: async () => resultOf(await engine.refresh()),
    destroy: async () => resultOf(await engine.destroy()),
    outputs: () => engine.outputs(),
  };
}
