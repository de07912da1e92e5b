/** One operation of the engine. */
import type { Server } from "@grpc/grpc-js";
import { deleteUnregistered } from "./delete-planner";
import { engineService } from "./engine-service";
import { BailError, errorMessage } from "./errors";
import { listen } from "./grpc-server";
import { baseEnvironment, configEnvironment, Program } from "./language-host";
import { type ImportFile, resolveImports } from "./import-file";
import { Importer } from "./importer";
import { OperationContext } from "./operation-context";
import { warnOfPendingOperations } from "./pending-operations";
import { type JsonMap, type PropertyMap, Secret, toPlain } from "./property-value";
import { ProviderHost } from "./provider-host";
import { ProviderRegistry } from "./provider-registry";
import { Recorder } from "./recorder";
import { refreshAll } from "./refresh";
import { Registrations } from "./registrations";
import { ResourceMonitor } from "./resource-monitor";
import type { Sdk } from "./sdk";
import { Snapshot } from "./snapshot";
import { StackOutputs } from "./stack-outputs";
import type { StateFile } from "./state-file";
import { StepExecutor } from "./step-executor";
import { StepGenerator } from "./step-generator";
import type { EngineOptions, OperationResult, UpdateOptions } from "./types";

export interface OperationOptions {
  readonly engine: EngineOptions;
  readonly stack: string;
  readonly organization: string;
  readonly parallel: number;
  readonly sdk: Sdk;
  readonly state: StateFile;
  readonly mode: "update" | "refresh" | "destroy" | "import";
  readonly dryRun: boolean;
  readonly update: UpdateOptions;
  readonly imports?: { readonly file: ImportFile; readonly protect: boolean };
}

/** One preview, update, refresh, destruction or import, from its first process to its last. */
export class Operation {
  readonly #options: OperationOptions;
  readonly #recorder: Recorder;
  readonly #host: ProviderHost;
  readonly #context: OperationContext;
  readonly #snapshot: Snapshot | undefined;
  readonly #executor: StepExecutor;
  readonly #registrations: Registrations;
  readonly #stackOutputs: StackOutputs;
  #program: Program | undefined;
  #programExitCode: number | undefined;
  #address = "";
  #failed = false;
  /** Set when the operation ended for a reason that needs no summary. */
  #bailed = false;

  constructor(options: OperationOptions) {
    this.#options = options;
    const { engine, sdk, state, dryRun, stack } = options;
    this.#recorder = new Recorder(engine.onEvent);
    this.#host = new ProviderHost({
      sdk,
      workDir: engine.workDir,
      env: {
        ...baseEnvironment(engine),
        ...configEnvironment(engine),
        PULUMI_PROJECT: engine.project,
        PULUMI_NODEJS_PROJECT: engine.project,
      },
      engineAddress: () => this.#address,
      recorder: this.#recorder,
      onLine: (line) => this.#output("provider", "provider:output", line),
    });
    this.#context = new OperationContext({
      dryRun,
      stack,
      project: engine.project,
      recorder: this.#recorder,
      registry: new ProviderRegistry(this.#host),
      base: state.base,
      update: options.update,
    });
    this.#snapshot = dryRun
      ? undefined
      : new Snapshot(state.base, (resources, operations) => state.write(resources, operations));
    this.#executor = this.#newExecutor(() => this.#fail());
    const generator = new StepGenerator(this.#context);
    this.#registrations = new Registrations(this.#context, generator, this.#executor, () => this.#bail());
    this.#stackOutputs = new StackOutputs(this.#context, this.#snapshot);
  }

  /** Runs the operation; whatever goes wrong on the user's side ends up in the result. */
  async run(): Promise<OperationResult> {
    const server = await this.#serve();
    try {
      await this.#work();
    } catch (error) {
      if (!(error instanceof BailError)) this.#recorder.error(errorMessage(error));
      this.#bail();
    } finally {
      await this.#finish(server);
    }
    return this.#result();
  }

  kill(target: "program" | "provider" | "all", signal: NodeJS.Signals): void {
    if (target !== "provider") this.#program?.kill(signal);
    if (target !== "program") this.#host.kill(signal);
  }

  async #serve(): Promise<Server> {
    const { sdk, engine } = this.#options;
    const monitor = new ResourceMonitor({
      sdk,
      context: this.#context,
      registrations: this.#registrations,
      workDir: engine.workDir,
      config: configurationOf(this.#options.engine),
      onOutputs: (urn, outputs) => this.#stackOutputs.register(urn, outputs),
    });
    const { server, address } = await listen(sdk, (fresh) => {
      fresh.addService(sdk.monitorServices.ResourceMonitorService, monitor.service());
      fresh.addService(sdk.engineServices.EngineService, engineService(sdk, this.#recorder));
    });
    this.#address = address;
    return server;
  }

  async #work(): Promise<void> {
    const { mode, update, dryRun } = this.#options;
    if (mode === "import") return this.#import();
    if (mode === "refresh" || update.refresh === true) {
      await this.#refresh();
      if (mode === "refresh" || this.#failed) return;
    } else if (!dryRun) {
      warnOfPendingOperations(this.#recorder, this.#context.base.pendingOperations);
    }
    if (mode === "update") {
      await this.#runProgram();
      this.#context.refuseUnknownTargets();
    }
    if (!this.#failed) await deleteUnregistered(this.#context, this.#executor);
  }

  async #import(): Promise<void> {
    const { imports: { file, protect } = { file: {}, protect: true }, state } = this.#options;
    const context = this.#context;
    const executor = this.#executor;
    const decode = (map: JsonMap): PropertyMap => state.decode(map);
    const { stack, project } = context;
    const { imports, problems } = resolveImports(file, { stack, project, decode });
    problems.forEach((problem) => this.#recorder.error(problem));
    if (problems.length > 0) throw new BailError("the import file is not valid");
    await new Importer({
      context,
      executor,
      imports,
      protect,
      config: configurationOf(this.#options.engine),
    }).run();
  }

  /** A failed read does not keep the others from being saved, but an update does not begin on half a refresh. */
  async #refresh(): Promise<void> {
    const executor = this.#newExecutor(() => undefined);
    await refreshAll(this.#context, executor, this.#options.mode === "refresh");
    if (executor.sawError) this.#fail();
  }

  async #runProgram(): Promise<void> {
    const { sdk, engine, stack, organization, dryRun, parallel } = this.#options;
    this.#program = new Program({
      ...{ sdk, engine, stack, organization, dryRun, parallel },
      address: this.#address,
      onLine: (stream, line) => this.#output("program", `program:${stream}`, line),
    });
    this.#recorder.event({ type: "process-start", process: "program", pid: this.#program.pid });
    const status = await this.#program.ended;
    if (status.code !== null) this.#programExitCode = status.code;
    // A program that its engine has left alone may end as it likes.
    if (!this.#failed && status.code !== 0) {
      const problem = this.#program.problem(status, this.#recorder.sawError);
      if (problem !== undefined) this.#recorder.error(problem);
      this.#bail();
    }
    await this.#registrations.idle();
    await this.#executor.idle();
  }

  #bail(): void {
    this.#bailed = true;
    this.#fail();
  }

  /** Nothing new begins; what runs is allowed to end. */
  #fail(): void {
    this.#failed = true;
    this.#executor.cancel();
    this.#registrations.close();
    this.#program?.endSoon();
  }

  async #finish(server: Server): Promise<void> {
    await this.#registrations.idle();
    await this.#executor.idle();
    this.#stackOutputs.finish(this.#failed || this.#executor.sawError);
    this.#snapshot?.save();
    await this.#host.stop();
    server.forceShutdown();
  }

  #result(): OperationResult {
    const recorder = this.#recorder;
    const ok = !this.#failed && !this.#executor.sawError && !recorder.sawEngineError;
    if (!ok && !this.#bailed) recorder.error(`${this.#options.dryRun ? "preview" : "update"} failed`);
    return {
      ok,
      ...(this.#programExitCode === undefined ? {} : { programExitCode: this.#programExitCode }),
      changes: recorder.changes,
      steps: recorder.steps,
      diagnostics: recorder.diagnostics,
      outputs: toPlain(this.#stackOutputs.current()),
      providerCalls: recorder.providerCalls,
    };
  }

  #newExecutor(onFailure: () => void): StepExecutor {
    return new StepExecutor(this.#context, {
      snapshot: this.#snapshot,
      parallel: this.#options.parallel,
      onNewState: (_step, state) => this.#context.news.set(state.urn, state),
      onFailure,
    });
  }

  #output(
    source: "program" | "provider",
    origin: "program:stdout" | "program:stderr" | "provider:output",
    line: string,
  ): void {
    this.#options.engine.onOutput?.(source, line);
    if (line !== "") this.#recorder.diagnostic("info", line, "", origin);
  }
}

/** The stack configuration as default providers get it. */
function configurationOf({ config, secretConfig = {} }: EngineOptions): PropertyMap {
  const secrets = Object.entries(secretConfig).map(([key, value]) => [key, new Secret(value)] as const);
  return { ...config, ...Object.fromEntries(secrets) };
}
