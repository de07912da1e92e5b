import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  Engine,
  type EngineOptions,
  type ExportedStack,
  type OperationResult,
  type ResourceV3,
  type StepRecord,
} from "../../../../tools/engine";

/** The fixture programs are plain JavaScript and are not compiled: they stay where the sources are. */
export const FIXTURES = resolve(__dirname, "../../../../../test/full/tools/engine/fixtures");
export const PROJECT = "proj";

/** One resource of the program by description in `fixtures/widgets`. */
export interface ResourceSpec {
  readonly name: string;
  readonly kind?: "widget" | "group" | "provider" | "foreign";
  readonly args?: Record<string, unknown>;
  readonly opts?: Record<string, unknown>;
  /** Reads the widget of this id instead of owning one. */
  readonly get?: string;
}

export interface ProgramSpec {
  readonly resources: readonly ResourceSpec[];
  readonly outputs?: Record<string, unknown>;
  readonly [behaviour: string]: unknown;
}

/** The fake service behind the widgets. */
export interface Store {
  next: number;
  objects: Record<string, Record<string, unknown>>;
  log: string[];
}

/** A widget whose label is its name. */
export function widget(
  name: string,
  args: Record<string, unknown> = {},
  opts: Record<string, unknown> = {},
): ResourceSpec {
  return { name, args: { label: name, ...args }, opts };
}

export function urnOf(name: string, type = "pulumi-nodejs:dynamic/test:Widget"): string {
  return `urn:pulumi:dev::${PROJECT}::${type}::${name}`;
}

/** A stack of its own: a directory with a state and a store. */
export class TestStack {
  readonly directory = mkdtempSync(join(tmpdir(), "tools-engine-"));
  readonly stateFile = join(this.directory, "state.json");
  readonly storeFile = join(this.directory, "store.json");

  engine(spec: ProgramSpec = { resources: [] }, options: Partial<EngineOptions> = {}): Engine {
    return new Engine({
      workDir: join(FIXTURES, "widgets"),
      project: PROJECT,
      stateFile: this.stateFile,
      passphrase: "correct horse",
      ...options,
      env: { STORE_FILE: this.storeFile, SPEC: JSON.stringify(spec), ...options.env },
    });
  }

  up(...resources: readonly ResourceSpec[]): Promise<OperationResult> {
    return this.engine({ resources }).up();
  }

  preview(...resources: readonly ResourceSpec[]): Promise<OperationResult> {
    return this.engine({ resources }).preview();
  }

  store(): Store {
    if (!existsSync(this.storeFile)) return { next: 1, objects: {}, log: [] };
    return JSON.parse(readFileSync(this.storeFile, "utf8")) as Store;
  }

  /** Changes the service behind the stack's back. */
  drift(edit: (objects: Store["objects"]) => void): void {
    const store = this.store();
    edit(store.objects);
    writeFileSync(this.storeFile, JSON.stringify(store));
  }

  stateText(): string {
    return readFileSync(this.stateFile, "utf8");
  }

  state(): ExportedStack {
    return JSON.parse(this.stateText()) as ExportedStack;
  }

  /** The recorded resources that program and user know, without stack and default provider. */
  resources(): ResourceV3[] {
    const all = this.state().deployment.resources ?? [];
    return all.filter(({ urn }) => !urn.endsWith("::default") && !urn.includes("pulumi:pulumi:Stack"));
  }

  resource(name: string): ResourceV3 {
    const found = this.resources().find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`no resource ${name} in the state`);
    return found;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** `op name` of every step, the stack's left out. */
export function stepsOf(result: OperationResult): string[] {
  return result.steps
    .filter(({ name }) => name !== `${PROJECT}-dev`)
    .map(({ op, resultOp, name }) => `${op} ${name}${resultOp === undefined ? "" : ` ${resultOp}`}`);
}

export function stepOf(result: OperationResult, op: StepRecord["op"], name: string): StepRecord {
  const found = result.steps.find((step) => step.op === op && step.name === name);
  if (found === undefined) throw new Error(`no step ${op} ${name} among ${stepsOf(result).join(", ")}`);
  return found;
}

/** Changed paths with their kinds, e.g. `size: update`. */
export function changesOf({ detailedDiff = {} }: StepRecord): string[] {
  return Object.entries(detailedDiff)
    .map(([path, { kind }]) => `${path}: ${kind}`)
    .sort();
}

export function errorsOf(result: OperationResult): string[] {
  return result.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
}

/** How many stories run at a time: program and provider each keep one processor busy while they start. */
const CONCURRENCY = 3;

/**
 * Stories: sequences of operations on a stack of their own each. All stories of a file run side by side, since most
 * of their time is the start of processes; the tests look at what they brought back.
 */
export class Stories {
  private readonly waiting: (() => Promise<void>)[] = [];
  private readonly stacks: TestStack[] = [];

  add<Result>(tell: (stack: TestStack) => Promise<Result>): () => Promise<Result> {
    let settle: (result: Promise<Result>) => void = () => undefined;
    const result = new Promise<Result>((resolve) => {
      settle = resolve;
    });
    // A story that fails fails the tests that ask for it.
    result.catch(() => undefined);
    this.waiting.push(async () => {
      const stack = new TestStack();
      this.stacks.push(stack);
      const told = tell(stack);
      settle(told);
      await told.catch(() => undefined);
    });
    return () => result;
  }

  async run(): Promise<void> {
    const next = async (): Promise<void> => {
      for (let story = this.waiting.shift(); story !== undefined; story = this.waiting.shift()) await story();
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, next));
  }

  clean(): void {
    this.stacks.forEach((stack) => stack.remove());
  }
}
