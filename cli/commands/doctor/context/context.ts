/** Facts that the checks share, each found once, for the first that asks. */
import type { SettingsSource } from "../../../../provider/services/auth/configuration";
import type { ConfigurationKey } from "../../../../provider/services/configuration";
import { configuredEndpoint } from "../../../../provider/services/auth/connection";
import { type Service, whyNoEndpoint } from "../../../../provider/services/auth/endpoints";
import { IDENTITY_KEYS } from "../../../../provider/services/auth/find-credentials";
import { resolveSettings, type Settings } from "../../../../provider/services/auth/settings";
import { rankSources } from "../../../../provider/services/auth/settings-chain";
import { processClock } from "../../../../provider/common/clock";
import { Deadline } from "../../../../provider/common/deadline";
import { isVideoAnalysisError, messageOf } from "../../../../provider/common/errors";
import { probe, type Probe } from "../../../../provider/services/diagnostics/probe";
import { Session, type Account } from "../../../../provider/services/diagnostics/session";
import { settingsChain } from "../../../../provider/services/configured";
import { findProject, type Project } from "../../../stack/configuration/project-file";
import type { Stack } from "./stack";

export type { Probe };

/** The base URL of a service, or why there is none; one that is refused may be right, and waits for its owner's word. */
export type Address = { readonly url: string } | { readonly unknown: string; readonly refused?: true };

/** A value, or why there is none. */
export type Found<T> = { readonly value: T } | { readonly problem: string };

export interface ContextOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly stack: Promise<Stack>;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function attempt<T>(make: () => T): Found<T> {
  try {
    return { value: make() };
  } catch (error) {
    if (!isVideoAnalysisError(error)) throw error;
    return { problem: messageOf(error) };
  }
}

export class Context {
  readonly clock = processClock();
  readonly cwd: string;
  readonly #timeoutMs: number;
  readonly stack: Promise<Stack>;
  readonly program: () => Promise<Project | undefined>;
  /** Base of relative files. */
  readonly directory: () => Promise<string | undefined>;
  /** Highest first, without the files that they name. */
  readonly sources: () => Promise<readonly SettingsSource[]>;
  /** Without credentials where those are not usable: what they say is the check of credentials. */
  readonly settings: () => Promise<Found<Settings>>;
  /** Needs a region and credentials. */
  readonly session: () => Promise<Found<Session>>;
  readonly account: () => Promise<Account | undefined>;
  readonly projectId: () => Promise<string | undefined>;
  readonly #probes = new Map<Service, Promise<Probe | undefined>>();

  constructor({ cwd, timeoutMs, stack }: ContextOptions) {
    this.cwd = cwd;
    this.#timeoutMs = timeoutMs;
    this.stack = stack;
    this.program = once(() => findProject(cwd));
    this.sources = once(async () => settingsChain((await stack).configuration.request, process.env));
    this.directory = once(async () => (await stack).configuration.request.directory);
    this.settings = once(async () => settingsOf(await this.sources(), await this.directory()));
    this.session = once(async () => {
      const settings = await this.settings();
      return "problem" in settings ? settings : attempt(() => new Session(settings.value, this.clock));
    });
    this.account = once(async () => {
      const session = await this.session();
      return "problem" in session
        ? undefined
        : session.value.account(this.deadline("the check of credentials"));
    });
    this.projectId = once(async () => {
      const session = await this.session();
      return "problem" in session
        ? undefined
        : session.value.projectId(this.deadline("the search for the project"));
    });
  }

  deadline(label: string): Deadline {
    return new Deadline(label, this.#timeoutMs, { clock: this.clock, signal: new AbortController().signal });
  }

  /** The base URL of a service, or why there is none. */
  async address(service: Service): Promise<Address> {
    const settings = await this.settings();
    if ("problem" in settings) return { unknown: "the settings are not usable: see `settings`" };
    const { region, endpoints } = settings.value;
    if (region === undefined) {
      const given = endpoints[service];
      return given === undefined ? { unknown: "no region is known: see `region`" } : { url: given };
    }
    const problem = whyNoEndpoint(service, region, settings.value);
    if (problem !== undefined) return { unknown: problem };
    const found = attempt(() => configuredEndpoint(service, region, settings.value));
    return "value" in found ? { url: found.value } : { unknown: found.problem, refused: true };
  }

  /** Undefined where the address is not known. */
  probe(service: Service): Promise<Probe | undefined> {
    const known = this.#probes.get(service) ?? this.#probe(service);
    this.#probes.set(service, known);
    return known;
  }

  async #probe(service: Service): Promise<Probe | undefined> {
    const [address, settings] = [await this.address(service), await this.settings()];
    if ("unknown" in address) return undefined;
    const { caCertFile, caCertSource } = "value" in settings ? settings.value : {};
    return probe(address.url, this.deadline(`the look at ${address.url}`), { caCertFile, caCertSource });
  }
}

type Open = { -readonly [K in keyof Settings]: Settings[K] };

/**
 * With credentials that are not usable the rest of the settings is still worth a look, without any others in their
 * place.
 */
function settingsOf(sources: readonly SettingsSource[], directory: string | undefined): Found<Settings> {
  const all = attempt(() => resolveSettings(sources, process.env, directory));
  if ("value" in all || "value" in attempt(() => rankSources(sources, process.env, directory))) return all;
  return attempt(() => {
    const rest: Open = { ...resolveSettings(sources.map(withoutIdentity), process.env, directory) };
    delete rest.credentials;
    return rest;
  });
}

function withoutIdentity(source: SettingsSource): SettingsSource {
  return { ...source, get: (key) => (isIdentity(key) ? undefined : source.get(key)) };
}

const isIdentity = (key: ConfigurationKey): boolean =>
  IDENTITY_KEYS.has(key) || key === "profile" || key === "cloudName";
