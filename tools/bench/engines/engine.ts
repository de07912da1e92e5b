/** An engine, as the bench uses it, the same for the Pulumi CLI and the stand-in. */

/** The measured programs. */
export type Variant = "ours" | "floor" | "usual" | "plugin";

export interface StackOptions {
  /** The directory of the program; a stack keeps its own files beside it. */
  readonly scratch: string;
  readonly variant: Variant;
  /** Configuration by full key. */
  readonly config: Readonly<Record<string, string>>;
}

/** A resource in an exported state. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** An exported state. */
export interface Exported {
  readonly deployment: { readonly resources?: readonly RecordedResource[] };
}

/** One stack. Every operation fails where the engine says that it failed. */
export interface Stack {
  up(): Promise<unknown>;
  preview(): Promise<unknown>;
  refresh(): Promise<unknown>;
  destroy(): Promise<unknown>;
  /** The state as `pulumi stack export` has it. */
  exported(): Promise<Exported>;
  /** The resources of the program, as the exported state has them. */
  resources(): Promise<readonly RecordedResource[]>;
}

export interface Engine {
  /** Such as `Pulumi CLI v3.260.0`. */
  readonly title: string;
  /** Whether it starts provider plugins. */
  readonly hasPlugins: boolean;
  open(options: StackOptions): Promise<Stack>;
}

/** Operations in the order in which the life of a stack has them. */
export const OPERATIONS = ["up", "preview", "refresh", "destroy"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Whether a resource belongs to the program, and is neither its stack nor a provider. */
export const isOwn = ({ type }: RecordedResource): boolean => !type.startsWith("pulumi:");

/** Credentials, endpoints and settings of the machine that would change what is measured. */
const FOREIGN =
  /^(?:HW_|OS_|VIDEO_ANALYSIS_|PULUMI_|NODE_OPTIONS$|XDG_CONFIG_HOME$|(?:HTTPS?|ALL|NO)_PROXY$)/i;

export function cleanEnvironment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !FOREIGN.test(key)));
}

/** The variables of this process that are to be absent from others. */
export function foreignVariables(): string[] {
  return Object.keys(process.env).filter((key) => FOREIGN.test(key));
}
