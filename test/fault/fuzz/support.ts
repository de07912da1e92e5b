/** The three providers in this process, in front of an emulator whose answers can be spoilt on their way. */
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { isVideoAnalysisError } from "../../../provider/common/errors";
import type { PropertyMap } from "../../../provider/common/json";
import * as runtime from "../../../provider/runtime";
import { type Emulator, startEmulator } from "../../../testkit/emulator";
import type { Kind } from "../../contract/kinds";
import type { Props } from "../../contract/values";
import { pathsIn } from "../../support/arbitraries";
import { withAt } from "../../support/arguments";

/** A hook that hangs costs its time again with every smaller example: what was found until then is reported. */
export const LIMIT = { interruptAfterTimeLimit: 120_000 };

/** Ends polls and looks early: what is tested is how operations end, not when. */
export const TIMEOUTS = { create: "150ms", read: "150ms", update: "150ms", delete: "150ms" };

/** For a create that only prepares: it must come through on a busy machine. */
export const PATIENT = { timeouts: { ...TIMEOUTS, create: "30s" } };

/** An operation that is still running after so many milliseconds has forgotten its timeout. */
const HANGS_AFTER = 20_000;

/** An answer on its way out. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** A program with short timeouts; a mutation may take them away like anything else. */
export const programOf = (kind: Kind, name: string, more: Props = {}): Props =>
  kind.program(name, { timeouts: TIMEOUTS, region: "eu-de", ...more });

/** Every argument of a kind that goes with the others. */
export const fullOf = (kind: Kind, name: string): Props => ({ ...kind.full(name), timeouts: TIMEOUTS });

export const anyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom<unknown>(null, "", 0, -1, 1e308, [], {}, [null], "a/b", "../..", "__proto__", [[[]]]),
);

/** A valid object with up to three of its parts replaced by anything. */
export function mutated(valid: PropertyMap): fc.Arbitrary<PropertyMap> {
  const change = fc.tuple(fc.nat(), anyJson);
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) =>
    changes.reduce<PropertyMap>((bag, [pick, anything]) => {
      const paths = pathsIn(bag).filter(([top]) => top !== "__provider");
      return withAt(bag, paths[pick % paths.length] ?? [], anything);
    }, valid),
  );
}

/** Any object, its keys often those of the given one. */
export function anyBag(like: PropertyMap): fc.Arbitrary<PropertyMap> {
  const key = fc.oneof(fc.constantFrom(...Object.keys(like)), fc.string({ maxLength: 4 }));
  return fc.dictionary(key, anyJson, { maxKeys: 8, noNullPrototype: true });
}

/** An initialization error as the engine reads it. */
function isUnfinished(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { id, properties, reasons } = error as Error & Record<string, unknown>;
  const told = Array.isArray(reasons) && reasons.length > 0 && reasons.every((item) => item !== "");
  return typeof id === "string" && id !== "" && typeof properties === "object" && told;
}

/** Waits for a hook. Anything but an error of the package is a failure of the test, and so is a hook that hangs. */
export async function settled<T>(hook: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: "the hook hangs" })), HANGS_AFTER);
  });
  try {
    return await Promise.race([hook, hangs]);
  } catch (error) {
    if (isVideoAnalysisError(error) || isUnfinished(error)) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

export class FuzzHarness {
  /** Changes an answer; the identity where none is set. */
  spoil: ((answer: Answer) => Answer) | undefined;
  readonly #lines: string[] = [];

  private constructor(
    readonly emulator: Emulator,
    private readonly proxy: Server,
  ) {}

  static async open(): Promise<FuzzHarness> {
    const emulator = await startEmulator({ undeclaredVideoSources: "accept" });
    const proxy = createServer();
    const harness = new FuzzHarness(emulator, proxy);
    proxy.on("request", (message, response) => void harness.#pass(message, response));
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    return harness;
  }

  async close(): Promise<void> {
    const closed = once(this.proxy, "close");
    this.proxy.close();
    this.proxy.closeAllConnections();
    await closed;
    await this.emulator.close();
  }

  /** The hooks of a kind, configured anew: with budgets, gates and scans of their own. */
  async hooks(kind: Kind, more: Readonly<Record<string, string>> = {}): Promise<runtime.DynamicProvider> {
    const origin = `http://127.0.0.1:${(this.proxy.address() as AddressInfo).port}`;
    const names = ["modelarts", "vias", "iva", "iam"] as const;
    const endpoints = JSON.stringify(Object.fromEntries(names.map((name) => [name, `${origin}/${name}`])));
    const { region, projectId, token } = this.emulator;
    const given = { region, projectId, token, endpoints, maxRetries: "0", ...more };
    const config = new Map(Object.entries(given).map(([key, value]) => [`video-analysis:${key}`, value]));
    const provider = runtime[kind.title];
    await provider.configure({ config: { get: (key) => config.get(key) } });
    return provider;
  }

  /** Keeps what hooks print for the user out of the report. */
  mute(): () => void {
    /* eslint-disable no-console -- what the package prints is not printed here */
    const { log, warn } = console;
    console.log = (...parts) => void this.#lines.push(parts.join(" "));
    console.warn = console.log;
    return () => Object.assign(console, { log, warn });
    /* eslint-enable no-console */
  }

  async #pass(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const outgoing = request(new URL(message.url ?? "/", this.emulator.url), {
      method: message.method,
      headers: message.headers,
      agent: false,
    });
    message.pipe(outgoing);
    const [answer] = (await once(outgoing, "response")) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const real = { status: answer.statusCode ?? 500, body };
    const { status, body: text } = this.spoil?.(real) ?? real;
    response.writeHead(status, { "Content-Type": "application/json", Date: new Date().toUTCString() });
    response.end(status === 204 || status === 304 ? undefined : text);
  }
}
