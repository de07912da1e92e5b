/** Puts the parts together, once per provider process and configuration. */
import { ModelArtsClient, type WireTask } from "../../services/api/modelarts";
import { JobPageSize, VasClient, type WireJob } from "../../services/api/vas";
import { ViasClient } from "../../services/api/vias";
import { environmentSources, type SettingsSource } from "../../services/auth/configuration";
import type { Service } from "../../services/auth/endpoints";
import { resolveSettings } from "../../services/auth/settings";
import { checkContextOf, withFiles } from "../../services/check-context";
import { processClock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";
import { printable } from "../../common/printable";
import { connect, share, type Shared } from "../../services/connect";
import type { Binding, RunContext, Target } from "../../core/contract";
import { RunRegistry } from "../../core/ownership/run-registry";
import { TaskReader } from "../../services/paging/task-reader";
import { configurationSource, configurationSources, type ConfigureRequest } from "./configuration";
import type { HookRuntime, HostContext } from "./hooks";
import { stopSignal } from "./shutdown";
import { engineAddress, RunNotes } from "./run-notes";
import { BatchLists } from "../../services/batch-task/batch-lists";
import { BatchTaskGateway } from "../../services/batch-task/gateway";
import { ServiceTaskGateway } from "../../services/service-task/gateway";
import type { Platform } from "../../services/service-task/schema";
import { VideoAnalysisJobGateway } from "../../services/video-analysis-job/gateway";

/** What the gateways of one resource type are opened with. */
interface Parts<G> extends Shared {
  /** By service: what gateways share, or the gateway itself, which remembers its last scan. */
  readonly remembered: Map<string, G>;
}

type Open<G> = (parts: Parts<G>, target: Target, deadline: Deadline) => Promise<Binding>;

/** By service, so that its reads are shared, and its writes seen, whatever platform the resources name. */
const taskReads = new Map<string, TaskReader<WireTask>>();

export const openServiceTask: Open<ServiceTaskGateway> = async (parts, target, deadline) => {
  const { location, client } = await connect(parts, target, "modelarts", deadline);
  const serviceId = String(target.args.serviceId);
  const platform = target.args.platform as Platform | undefined;
  const scope = [location.endpoint, location.projectId, serviceId].join("\n");
  const gateway = kept(parts.remembered, `${scope}\n${platform ?? ""}`, () => {
    const reads = kept(taskReads, scope, () => new TaskReader<WireTask>(parts.clock));
    return new ServiceTaskGateway(new ModelArtsClient(client), scope, serviceId, platform, reads);
  });
  gateway.keepSecret(target.args);
  if (target.olds !== undefined) gateway.keepSecret(target.olds);
  return { gateway, ...location };
};

export const openBatchTask: Open<BatchLists> = async (parts, target, deadline) => {
  const { location, client } = await connect(parts, target, "vias", deadline);
  const scope = [location.endpoint, location.projectId].join("\n");
  const lists = kept(parts.remembered, scope, () => new BatchLists(parts.clock));
  const { batchDetail } = parts.settings;
  const gateway = new BatchTaskGateway(
    new ViasClient(client),
    scope,
    lists,
    batchDetail,
    target.args,
    target.olds,
  );
  return { gateway, ...location };
};

/** A page size that one service refuses is refused by the others too: they are one API. */
const jobPageSize = new JobPageSize();

export const openVideoAnalysisJob: Open<VideoAnalysisJobGateway> = async (parts, target, deadline) => {
  const { location, client } = await connect(parts, target, "iva", deadline);
  const serviceName = String(target.args.serviceName);
  const scope = [location.endpoint, location.projectId, serviceName].join("\n");
  const gateway = kept(parts.remembered, scope, () => {
    const reads = new TaskReader<WireJob>(parts.clock);
    return new VideoAnalysisJobGateway(new VasClient(client, jobPageSize), scope, serviceName, reads);
  });
  gateway.keepSecret(target.args);
  if (target.olds !== undefined) gateway.keepSecret(target.olds);
  return { gateway, ...location };
};

function kept<G>(remembered: Map<string, G>, key: string, make: () => G): G {
  const known = remembered.get(key) ?? make();
  remembered.set(key, known);
  return known;
}

/* eslint-disable no-console -- the engine shows the output of the provider process to the user */
const info = (message: string): void => console.log(printable(message));
const warn = (message: string): void => console.warn(`warning: ${printable(message)}`);
/* eslint-enable no-console */

/** One process, one run: its resources share names, owners and proofs, and owners with other processes of the run. */
const registry = new RunRegistry(notesOfRun());

function notesOfRun(): RunNotes | undefined {
  const address = engineAddress(process.argv);
  return address === undefined ? undefined : new RunNotes({ address, clock: processClock(), warn });
}

/** @param request what the engine configured; absent while the provider's own inputs are not known yet */
export function createHost<G>(
  request: ConfigureRequest | undefined,
  service: Service,
  open: Open<G>,
): HookRuntime {
  const configured = request === undefined ? [configurationSource(request)] : configurationSources(request);
  const sources = [...configured, ...environmentSources(process.env)];
  let environment: RunContext | undefined;
  let context: HostContext | undefined;

  return {
    registry,
    checkContext() {
      context ??= checkContextOf({
        configured: configured[0] ?? configurationSource(request),
        sources: withFiles(sources, process.env, request?.directory),
        service,
        isKnown: request !== undefined,
        warn,
      });
      return context;
    },
    environment() {
      environment ??= openEnvironment(sources, request?.directory, open);
      return environment;
    },
  };
}

/** Asks for the tasks of interrupted runs; no configuration, for it must not stay. */
const RESUME_VARIABLE = "VIDEO_ANALYSIS_RESUME";

function openEnvironment<G>(
  sources: readonly SettingsSource[],
  directory: string | undefined,
  open: Open<G>,
): RunContext {
  const settings = resolveSettings(sources, process.env, directory);
  const clock = processClock();
  const parts: Parts<G> = { ...share(settings, clock), remembered: new Map() };
  return {
    clock,
    registry,
    signal: stopSignal,
    allowDuplicateNames: settings.allowDuplicateNames,
    resume: process.env[RESUME_VARIABLE] === "1",
    ...(settings.waitFor === undefined ? {} : { defaultWaitFor: settings.waitFor }),
    open: (target, deadline) => open(parts, target, deadline),
    info,
    warn,
  };
}
