/** The options of an emulator. */
import type { ClockOptions } from "./clock";
import type { EmulatedService } from "./names";
import type { Transitions } from "./tasks/states";

/** The two platforms of ModelArts service tasks; their documented limits differ. */
export type Platform = "edge" | "ief";

interface Declared {
  id: string;
  name: string;
  /** Project that the service belongs to; default: the emulator's first project. */
  projectId?: string;
}

/** A ModelArts service; its API names it by `id`. */
export interface TaskServiceDeclaration extends Declared {
  platform: Platform;
  description?: string;
  /** How the list of services calls its kind; default: `edge`, which only the newer definition has. */
  inferType?: "real-time" | "batch" | "edge";
  /** Default: running. */
  status?: string;
}

/** An algorithm of VIAS; its API names it by `name` and version, and answers with its titles only. */
export interface AlgorithmDeclaration extends Declared {
  platform: "vias";
  versions: string[];
  /** The title in lists and details; default: the name. */
  title?: string;
  company?: string;
  description?: string;
  /** Default: service_running. */
  status?: string;
  /** Default: cloud. */
  runsOn?: "cloud" | "edge";
  /** Needs `resource_order_id`. */
  commercial?: boolean;
}

/** A service of VAS; its API names it by `name`, and by version where a job is created. */
export interface VasServiceDeclaration extends Declared {
  platform: "vas";
  versions: string[];
  title?: { zh: string; en: string };
  /** Jobs run in an edge pool: `edge_pool_id` is mandatory, in cloud services (false) it is refused. */
  edge?: boolean;
  /** Needs `resource_order_id`. */
  commercial?: boolean;
}

/** A service that tasks can be created in; `platform` is the kind. */
export type ServiceDeclaration = TaskServiceDeclaration | AlgorithmDeclaration | VasServiceDeclaration;

/**
 * How a video source is connected. `vcn_restful` is in the pages of late 2025 only; what the definition tags as Cloud
 * Stack's is left out.
 */
export const VIDEO_SOURCE_TYPES = ["ivm", "restful", "url", "vcn", "obs", "camera", "vcn_restful"] as const;

/** A camera or stream that VIAS knows. */
export interface VideoSourceDeclaration {
  id: string;
  name: string;
  /** Default: url. */
  type?: (typeof VIDEO_SOURCE_TYPES)[number];
  /** Default: online. */
  status?: "online" | "offline" | "abnormal";
  /** Default: cloud. */
  accessType?: "cloud" | "edge";
  /** Address of the stream; default: one made from the id. */
  streamPath?: string;
  tags?: string[];
}

/** A group of video sources in VIAS. A source may be in several groups. */
export interface VideoGroupDeclaration {
  id: string;
  name: string;
  sources: VideoSourceDeclaration[];
  /** Default: cloud. */
  accessType?: "cloud" | "edge";
}

/** A pool of edge nodes in VIAS. */
export interface EdgePoolDeclaration {
  id: string;
  name: string;
  description?: string;
  /** Default: Running. */
  state?: "Running" | "Abnormal";
}

/** An IAM user who can obtain tokens by password. */
export interface UserDeclaration {
  name: string;
  password: string;
  domainName: string;
}

/** A pair of keys that signs requests, for all projects of its user's account. */
export interface AccessKeyDeclaration {
  accessKey: string;
  secretKey: string;
  /** Makes the key a temporary one: every request has to carry this too. */
  securityToken?: string;
  /** User who owns it; default: the first one. */
  userName?: string;
}

/** An agency by which users of another account act in the one that created it. */
export interface AgencyDeclaration {
  name: string;
  /** Account that created it, whose projects its tokens are for. */
  domainName: string;
  /** Account whose users may assume it; default: any. */
  trusts?: string;
}

/** A project; the first one of the emulator has the name of the region unless it is given another. */
export interface ProjectDeclaration {
  id: string;
  name: string;
  /** Account that it belongs to; default: that of the first user. */
  domainName?: string;
}

/** Behaviour that the documents leave open or that a test wants to vary, changeable while running. */
export interface Behavior {
  /** How long the passing states last. */
  transitions: Transitions;
  /** The value of `input.vcn.password` in reads, which is not documented. */
  passwordEcho: "omit" | "mask" | "echo";
  /** The headers of sources and of the webhook in reads, which are not documented. */
  headersEcho: "omit" | "mask" | "echo";
  /**
   * The URLs of sources and of the webhook in reads, which are not documented. `mask`: the password as `xxxxx`;
   * `strip`: without user name and password; `slash`: with a slash added, as some libraries normalize URLs.
   */
  urlEcho: "echo" | "mask" | "strip" | "slash";
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
  /** Effect of a VIAS update on fields that it does not name, which is not documented. */
  viasPut: "replace" | "merge";
  /** VIAS batches of a name that is taken; no document ties the code VIAS.00010011 to batches. */
  duplicateBatchNames: "accept" | "refuse";
  /** How VIAS counts a sub-task that already is as a start or stop wants it; the documents do not say. */
  repeatedBatchAction: "succeed" | "fail";
  /** VIAS video groups and sources that were not declared; accepted ones are named by their id. */
  undeclaredVideoSources: "refuse" | "accept";
  /** Code of the 400 for a missing VIAS batch; three are documented for missing objects. */
  batchNotFoundCode: string;
  /** Body of a VAS create answer: the documented bare array, or as the sibling services wrap it. */
  vasCreateAnswer: "array" | "wrapped";
  /** Status of a VAS delete: 202 as documented now, or the older text's 200 for jobs without hosting output. */
  vasDeleteStatus: 200 | 202;
  /** Member that carries the text of a VAS error; one documented example has `error_message`. */
  vasErrorText: "error_msg" | "error_message";
  /** Largest `limit` of a VAS list: 1000 is documented now, 100 in the older text. */
  vasMaxLimit: number;
  /** The unit of `offset` in the list of ModelArts services: the text calls it the start page. */
  serviceOffset: "records" | "pages";
  /** Letter case of the states that the filter `task_state` of the VIAS batch list takes: upper in its newest page. */
  batchStateCase: "lower" | "upper";
  /**
   * Signatures that leave out `host`, or the `X-Security-Token` of a temporary key. The documents demand both; the Go
   * SDKs, and the Terraform providers that are built on them, leave them out and are let in.
   */
  unsignedHeaders: "accept" | "refuse";
  /** How the gateway answers a token that has ended. */
  expiredToken: ExpiredToken;
  /** Lifetime of issued tokens in milliseconds; the documents say 24 hours. */
  tokenLifetimeMs: number;
}

/** An answer to a token that has ended. */
export interface ExpiredToken {
  /** `APIG.0307` "must be updated", or `APIGW.0301` with "token expires, expires_at: …" or "decrypt token fail". */
  form: "update" | "expires" | "decrypt";
  /** The tables have 401 for both codes. */
  status: 401 | 403;
}

/** Settings of {@link Behavior}; members that are objects are set member by member. */
export type BehaviorOptions = Partial<Omit<Behavior, "transitions" | "expiredToken">> & {
  transitions?: Partial<Transitions>;
  expiredToken?: Partial<ExpiredToken>;
};

/** A port on 127.0.0.1 for each service; default: any free one. */
export type ServicePorts = Partial<Record<EmulatedService, number>>;

/** How to start an emulator; everything has a default. */
export interface EmulatorOptions extends BehaviorOptions {
  /** Port on 127.0.0.1; default: any free one. */
  port?: number;
  /** Ports at whose root one service is alone, for clients that drop the path of an endpoint. */
  servicePorts?: ServicePorts;
  region?: string;
  projectId?: string;
  projectName?: string;
  /** Further projects beside the first. */
  projects?: ProjectDeclaration[];
  services?: ServiceDeclaration[];
  /** Video groups of VIAS, the same in every project. */
  videoGroups?: VideoGroupDeclaration[];
  /** Edge pools of VIAS, the same in every project. */
  edgePools?: EdgePoolDeclaration[];
  users?: UserDeclaration[];
  /** Access keys that sign requests; default: one permanent and one temporary key of the first user. */
  accessKeys?: AccessKeyDeclaration[];
  /** Agencies that can be assumed; default: one of the first user's account. */
  agencies?: AgencyDeclaration[];
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
