/** Sends messages to the engine, in their order: it hides the output of a plugin. */
import type { Log } from "../../common/log";
import { printable } from "../../common/printable";

export interface LogEntry {
  readonly severity: "debug" | "info" | "warning";
  readonly message: string;
  /** The resource in whose row it is shown; empty for none. */
  readonly urn: string;
  /** Only until the next one. */
  readonly ephemeral: boolean;
}

export type SendEntry = (entry: LogEntry) => Promise<void>;

export class EngineLog {
  readonly #send: SendEntry;
  #sent: Promise<void> = Promise.resolve();

  constructor(send: SendEntry) {
    this.#send = send;
  }

  /** @param urn left out for messages that concern no resource alone */
  of(urn = ""): Log {
    return {
      info: (message) => this.#add({ severity: "info", message, urn, ephemeral: false }),
      warn: (message) => this.#add({ severity: "warning", message, urn, ephemeral: false }),
      status: (resource, line) => {
        // The row of the resource has its name.
        const message = urn === "" ? `${resource}: ${line}` : line;
        this.#add({ severity: "info", message, urn, ephemeral: true });
      },
    };
  }

  /** Resolves when the engine has everything that was said so far. */
  flushed(): Promise<void> {
    return this.#sent;
  }

  #add(entry: LogEntry): void {
    const readable = { ...entry, message: printable(entry.message) };
    // No operation must fail because its engine has gone.
    this.#sent = this.#sent.then(() => this.#send(readable)).catch(() => undefined);
  }
}
