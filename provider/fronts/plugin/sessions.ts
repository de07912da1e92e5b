/** The sessions of a plugin process: one, or while it is debugged one for each connection of an engine. */
import type { Clock } from "../../common/clock";
import { VideoAnalysisError } from "../../common/errors";
import { RunRegistry } from "../../core/ownership/run-registry";
import type { Environment } from "../../services/auth/configuration";
import { RunNotes } from "../engine/run-notes";
import type { SendEntry } from "./engine-log";
import { Session } from "./session";

export interface SessionsOptions {
  readonly clock: Clock;
  readonly env: Environment;
  readonly stop: AbortSignal;
  /** Connects with the engine that has the address. */
  readonly messagesTo: (address: string) => SendEntry;
  /** Address of the engine that started the process; absent where engines attach to it. */
  readonly engine?: string;
}

export class Sessions {
  readonly #options: SessionsOptions;
  readonly #only: Session | undefined;
  readonly #attached = new Map<string, Session>();
  /** By the engine's address: what all providers of its run share. */
  readonly #registries = new Map<string, RunRegistry>();

  constructor(options: SessionsOptions) {
    this.#options = options;
    this.#only = options.engine === undefined ? undefined : this.#open(options.engine);
  }

  /** @param peer address of the connection: an engine has one for each of its providers */
  of(peer: string): Session {
    const session = this.#only ?? this.#attached.get(peer);
    if (session !== undefined) return session;
    throw new VideoAnalysisError(
      "CONFIGURATION",
      "no engine has attached by this connection. Run the command again.",
    );
  }

  /** A new session: runs that attach to the process one after the other share nothing. */
  attach(peer: string, engine: string): void {
    if (this.#only === undefined) this.#attached.set(peer, this.#open(engine));
  }

  #open(engine: string): Session {
    const { clock, env, stop, messagesTo } = this.#options;
    const send = messagesTo(engine);
    const warn = (message: string): void => {
      void send({ severity: "warning", message, urn: "", ephemeral: false }).catch(() => undefined);
    };
    const registry =
      this.#registries.get(engine) ?? new RunRegistry(new RunNotes({ address: engine, clock, warn }));
    this.#registries.set(engine, registry);
    return new Session({ registry, clock, env, stop, send });
  }
}
