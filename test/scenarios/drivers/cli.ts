/** Scenarios on the Pulumi CLI, through the automation API; with a file backend, never the user's own login. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { type EngineEvent, type ImportResource, LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { messageOf } from "../../../provider/common/errors";
import type { Json } from "../../../testkit/emulator";
import type { DetailedDiff, ExportedStack } from "../../../tools/engine";
import type { Program } from "../program";
import {
  type Command,
  type DoomedRun,
  type EngineDriver,
  type Front,
  type OpenDriver,
  type Outcome,
  PASSPHRASE,
  PROGRAM_VARIABLE,
  type RawOperation,
  type RunOptions,
  STACK,
  type StackPlace,
} from "./driver";

type Metadata = NonNullable<EngineEvent["resourcePreEvent"]>["metadata"];

/** Collects the steps of one run from its events. */
class Events {
  readonly operations: RawOperation[] = [];
  readonly errors: string[] = [];
  private readonly refreshing = new Set<string>();

  constructor(private readonly command: Command) {}

  readonly take = (event: EngineEvent): void => {
    const { diagnosticEvent, resourcePreEvent, resOutputsEvent, resOpFailedEvent } = event;
    if (diagnosticEvent?.severity === "error") this.errors.push(diagnosticEvent.message.trim());
    if (resourcePreEvent !== undefined) this.begin(resourcePreEvent.metadata);
    if (resOutputsEvent !== undefined) this.end(resOutputsEvent.metadata, false);
    if (resOpFailedEvent !== undefined) this.end(resOpFailedEvent.metadata, true);
  };

  private begin(metadata: Metadata): void {
    const { op, urn } = metadata;
    if (op === "refresh") this.refreshing.add(urn);
    else if (isComponent(metadata)) this.add(metadata, op, false);
  }

  private end(metadata: Metadata, failed: boolean): void {
    const { op, urn } = metadata;
    const refreshed = this.refreshing.delete(urn);
    // The end of a component's step is reported once more, or not at all, when its outputs come.
    if (isComponent(metadata) && !refreshed) return;
    const result = op === "update" || op === "delete" ? op : "same";
    this.add(metadata, refreshed && this.command === "refresh" ? `refresh-${result}` : op, failed);
  }

  private add(metadata: Metadata, op: string, failed: boolean): void {
    this.operations.push({ op, urn: metadata.urn, failed, detailedDiff: diffOf(metadata) });
  }
}

// The events say null where their types say undefined.
type State = NonNullable<Metadata["new"]> | null | undefined;

const isComponent = ({ new: after, old: before }: Metadata): boolean =>
  ((after as State) ?? before)?.custom !== true;

function diffOf({ detailedDiff }: Metadata): DetailedDiff {
  // The events say null where their types say undefined.
  const entries = Object.entries((detailedDiff as Metadata["detailedDiff"] | null) ?? {});
  return Object.fromEntries(
    entries.map(([property, { diffKind, inputDiff }]) => [property, { kind: diffKind, inputDiff }]),
  );
}

class CliDriver implements EngineDriver {
  constructor(
    readonly title: string,
    readonly front: Front,
    private readonly stack: Stack,
    private readonly place: StackPlace,
  ) {}

  async run(command: Command, program: Program, options: RunOptions): Promise<Outcome> {
    const events = new Events(command);
    const lines: string[] = [];
    const take = (event: EngineEvent): void => {
      // The SDK logs the registrations, for `--debug`, as they are sent; the types do not know that severity.
      const severity: string | undefined = event.diagnosticEvent?.severity;
      if (severity !== "debug") lines.push(JSON.stringify(event));
      events.take(event);
    };
    this.stack.workspace.envVars[PROGRAM_VARIABLE] = JSON.stringify(program);
    try {
      await this.start(command, options, { onEvent: take, onOutput: (text) => lines.push(text) });
      const { operations, errors } = events;
      return { ok: true, operations, errors, printed: lines.join("\n") };
    } catch (error) {
      const errors = [...events.errors, messageOf(error)];
      return { ok: false, operations: events.operations, errors, printed: [...lines, ...errors].join("\n") };
    }
  }

  setVariable(name: string, value: string | undefined): void {
    (this.stack.workspace.envVars as Record<string, string | undefined>)[name] = value;
  }

  begin(program: Program): DoomedRun {
    const engine = this.spawn(["up", "--yes", "--skip-preview", "--non-interactive"], program);
    return { kill: () => engine.kill("SIGKILL"), ended: once(engine, "exit") };
  }

  /** For what the automation API does not have. */
  private spawn(args: readonly string[], program: Program): ChildProcess {
    const env = {
      ...process.env,
      ...this.stack.workspace.envVars,
      [PROGRAM_VARIABLE]: JSON.stringify(program),
    };
    const { workDir: cwd } = this.place;
    return spawn("pulumi", [...args, "--stack", this.stack.name], { cwd, env, stdio: "ignore" });
  }

  unlock(): Promise<void> {
    return this.stack.cancel();
  }

  async taint(urn: string): Promise<void> {
    const [status] = (await once(this.spawn(["state", "taint", "--yes", urn], {}), "exit")) as unknown[];
    assert.equal(status, 0, `pulumi state taint ${urn}`);
  }

  async exported(): Promise<ExportedStack> {
    return await this.stack.exportStack();
  }

  importState(state: ExportedStack): Promise<void> {
    return this.stack.importStack(state);
  }

  async outputs(): ReturnType<EngineDriver["outputs"]> {
    const outputs = Object.entries(await this.stack.outputs());
    return Object.fromEntries(outputs.map(([key, { value }]) => [key, value as Json]));
  }

  private start(
    command: Command,
    { target, replace, imports = [], ...options }: RunOptions,
    watch: { onEvent: (event: EngineEvent) => void; onOutput: (text: string) => void },
  ): Promise<unknown> {
    const limits = {
      ...(target === undefined ? {} : { target: [...target] }),
      ...(replace === undefined ? {} : { replace: [...replace] }),
    };
    switch (command) {
      case "up":
        return this.stack.up({ ...options, ...limits, ...watch });
      case "preview":
        return this.stack.preview({ ...options, ...limits, ...watch });
      case "refresh":
        return options.previewOnly === true
          ? this.stack.previewRefresh(watch)
          : this.stack.refresh({ ...options, ...limits, ...watch });
      case "destroy":
        return this.stack.destroy({ ...options, ...limits, ...watch });
      case "import":
        return this.stack.import({ resources: importable(imports), protect: false, generateCode: false });
    }
  }
}

/** The automation API passes on what its types do not know yet: inputs and outputs. */
const importable = (imports: NonNullable<RunOptions["imports"]>): ImportResource[] =>
  imports.map(({ name = "", ...rest }) => ({ name, ...rest }));

export const openCli =
  (version: string, front: Front = "dynamic"): OpenDriver =>
  async (place) => {
    const { workDir, stack: stackName = STACK, scratch, config, secretConfig, env } = place;
    const [backend, home] = [path.join(scratch, "backend"), path.join(scratch, "home")];
    for (const folder of [backend, home]) mkdirSync(folder);
    const envVars = {
      ...env,
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_HOME: home,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    const stack = await LocalWorkspace.createOrSelectStack(
      { stackName, workDir },
      // A variable that is undefined is left out, which the types do not know.
      { envVars: envVars },
    );
    await stack.setAllConfig({
      ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
      ...Object.fromEntries(
        Object.entries(secretConfig).map(([key, value]) => [key, { value, secret: true }]),
      ),
    });
    const title = `Pulumi CLI ${version}${front === "plugin" ? " with the plugin" : ""}`;
    return new CliDriver(title, front, stack, place);
  };
