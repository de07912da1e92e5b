import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { preloaded } from "../support/preload";
import { dynamicProviderScript, programDirectory } from "./program-directory";

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The engine's own message limit, in bytes. */
const MAX_MESSAGE = 400 * 1024 * 1024;
/** How long the engine leaves a process after its SIGINT before it kills it, in milliseconds. */
const GRACE = 5000;
/** Halves the time that a start takes. */
const LATE_MODULES = require.resolve("../../tools/engine/late-modules");

let engines = 0;

/**
 * The address of one run of an engine. A dynamic provider never calls it, so any will do that no other run has, be it of
 * another test process.
 */
export const newEngine = (): string => `127.0.0.1:${process.pid}.${(engines += 1)}`;

/** Variables that would change what is tested: credentials and endpoints of the machine, proxies, Pulumi's own. */
const FOREIGN =
  /^(?:HW_|OS_|VIDEO_ANALYSIS_|PULUMI_|NODE_OPTIONS$|XDG_CONFIG_HOME$|(?:HTTPS?|ALL|NO)_PROXY$)/i;

const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

export interface ProcessOptions {
  /** Variables beside those of the machine, of which none that matters is kept. */
  readonly env?: Readonly<Record<string, string>>;
  /** Address of the run; default: one of its own. */
  readonly engine?: string;
  /** Default: the SDK's `cmd/dynamic-provider`. */
  readonly script?: string;
}

/** A provider, started as the engine starts it. */
export class ProviderProcess {
  #output = "";

  private constructor(
    private readonly child: ChildProcess,
    readonly exited: Promise<Exit>,
    /** Address of the engine whose run it belongs to. */
    readonly engine: string,
  ) {}

  static async start({
    env = {},
    engine = newEngine(),
    script = dynamicProviderScript(),
  }: ProcessOptions = {}): Promise<ProviderProcess> {
    const inherited = Object.entries(process.env).filter(([key]) => !FOREIGN.test(key));
    const child = spawn(process.execPath, [script, engine], {
      cwd: programDirectory(),
      // Nor does the home directory's configuration of other tools count.
      env: {
        ...Object.fromEntries(inherited),
        HOME: programDirectory(),
        PULUMI_NODEJS_PROJECT: "contract",
        ...preloaded(LATE_MODULES),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    alive.add(child);
    const exited = once(child, "close").then(([code, signal]): Exit => {
      alive.delete(child);
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
    const started = new ProviderProcess(child, exited, engine);
    await started.#connect();
    return started;
  }

  client!: ResourceProviderClient;

  /** Everything that the process has written so far, the port included. */
  get output(): string {
    return this.#output;
  }

  async #connect(): Promise<void> {
    const { child } = this;
    const port = new Promise<string>((resolve) => {
      child.stdout?.on("data", (chunk: Buffer) => {
        this.#output += chunk.toString();
        const line = /^(\d+)\n/.exec(this.#output);
        if (line?.[1] !== undefined) resolve(line[1]);
      });
    });
    child.stderr?.on("data", (chunk: Buffer) => (this.#output += chunk.toString()));
    const first = await Promise.race([port, this.exited]);
    if (typeof first !== "string") throw new Error(`the provider did not start: ${this.#output}`);
    this.client = new ResourceProviderClient(`127.0.0.1:${first}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": MAX_MESSAGE,
      "grpc.max_send_message_length": MAX_MESSAGE,
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Stops reading its output, as an engine does that was killed. */
  closeOutput(): void {
    this.child.stdout?.destroy();
    this.child.stderr?.destroy();
  }

  /** Ends it as the engine does after every run: SIGINT, and SIGKILL for one that stays. */
  async interrupt(): Promise<Exit & { readonly ms: number }> {
    const begin = performance.now();
    const timer = setTimeout(() => this.child.kill("SIGKILL"), GRACE);
    this.child.kill("SIGINT");
    const exit = await this.exited;
    clearTimeout(timer);
    this.client.close();
    return { ...exit, ms: performance.now() - begin };
  }

  /** Ends it as the machine's failure would. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.exited;
    this.client.close();
  }
}
