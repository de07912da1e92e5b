/** A gate in front of an emulator, at which scenarios act at a chosen request, before or after its effect. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

export interface Passage {
  /** Counted from 1. */
  readonly number: number;
  readonly method: string;
  readonly path: string;
  readonly moment: "before" | "after";
  /** The body of the answer; empty before the effect. */
  readonly answer: string;
  /** Resolves when the caller has gone away. */
  readonly callerGone: Promise<void>;
}

/** Action at a passage; "drop" ends the connection: before the effect nothing is passed on. */
export type Act = (passage: Passage) => Promise<"drop" | "pass"> | "drop" | "pass";

/** A running gate. */
export class Gate {
  /** Requests seen so far. */
  count = 0;
  act: Act = () => "pass";
  private readonly server: Server;

  private constructor(private readonly target: URL) {
    this.server = createServer((incoming, answer) => {
      this.pass(incoming, answer).catch((error: unknown) => {
        answer.destroy(error instanceof Error ? error : undefined);
      });
    });
  }

  /** @param target base address of the emulator */
  static async open(target: string): Promise<Gate> {
    const gate = new Gate(new URL(target));
    gate.server.listen(0, "127.0.0.1");
    await once(gate.server, "listening");
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    this.count += 1;
    const callerGone = new Promise<void>((resolve) => {
      answer.once("close", () => {
        resolve();
      });
    });
    const { method = "GET", url = "/" } = incoming;
    const passage = { number: this.count, method, path: url, callerGone };
    const body = await buffer(incoming);
    if ((await this.act({ ...passage, moment: "before", answer: "" })) === "drop") {
      answer.destroy();
      return;
    }
    const passed = await this.forward(incoming, body);
    const text = await buffer(passed);
    if ((await this.act({ ...passage, moment: "after", answer: text.toString() })) === "drop") {
      answer.destroy();
      return;
    }
    assert.ok(passed.statusCode);
    answer.writeHead(passed.statusCode, passed.headers).end(text);
  }

  private async forward(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const { hostname, port } = this.target;
    const { method, url: path, headers } = incoming;
    const outgoing = request({ hostname, port, method, path, headers, agent: false });
    outgoing.end(body);
    const [passed] = (await once(outgoing, "response")) as [IncomingMessage];
    return passed;
  }
}
