import type { ClockOptions } from "./clock";
import type { Transitions } from "./tasks/states";

/** The two platforms of ModelArts service tasks; their documented limits differ. */
export type Platform = "edge" | "ief";

/** A service that tasks can be created in. */
export interface ServiceDeclaration {
  id: string;
  name: string;
  platform: Platform;
  /** Project that the service belongs to; default: the emulator's first project. */
  projectId?: string;
}

/** An IAM user who can obtain tokens by password. */
export interface UserDeclaration {
  name: string;
  password: string;
  domainName: string;
}

/** A project; the first one of the emulator has the name of the region unless it is given another. */
export interface ProjectDeclaration {
  id: string;
  name: string;
}

/** Behaviour that the documents leave open or that a test wants to vary, changeable while running. */
export interface Behavior {
  /** How long the passing states last. */
  transitions: Transitions;
  /** What reads return for `input.vcn.password`; no document says. */
  passwordEcho: "omit" | "mask" | "echo";
  /** Adds fields that no document names (`flag`, `index`) to task answers, as services do over time. */
  extraFields: boolean;
  /** Largest `limit` that a list accepts; the documents give none. */
  maxLimit: number;
  /** Refuses to delete a task that is starting, running or stopping (ModelArts.3519). */
  refuseDeleteWhileRunning: boolean;
  /** Code of the 404 for a missing task; no document names one. */
  taskNotFoundCode: string;
  /** State shown for a running scheduled task outside its window; undefined leaves the run state alone. */
  outsideWindowState: string | undefined;
  /** Body form of IAM errors; both occur. */
  iamErrorForm: "flat" | "nested";
  /** Lifetime of issued tokens in milliseconds; the documents say 24 hours. */
  tokenLifetimeMs: number;
}

/** What {@link Behavior} can be set to: transitions member by member. */
export type BehaviorOptions = Partial<Omit<Behavior, "transitions">> & { transitions?: Partial<Transitions> };

/** How to start an emulator; everything has a default. */
export interface EmulatorOptions extends BehaviorOptions {
  /** Port on 127.0.0.1; default: any free one. */
  port?: number;
  region?: string;
  projectId?: string;
  projectName?: string;
  /** Further projects beside the first. */
  projects?: ProjectDeclaration[];
  services?: ServiceDeclaration[];
  users?: UserDeclaration[];
  /** Tokens that are valid from the start, for the first project; default: one derived from the seed. */
  tokens?: string[];
  clock?: ClockOptions;
  /** Identifiers are derived from it; with a manual clock a whole run repeats exactly. */
  seed?: string;
  /** Ids of the first tasks, instead of derived ones. */
  taskIds?: string[];
  /** Keeps passwords, tokens and header values in the request log; by default they are masked. */
  logSecrets?: boolean;
}
