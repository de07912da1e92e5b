/*
 * Loaded with `-r` through NODE_OPTIONS into every Node process of a run; a plain module without exports. It writes
 * down, line by line, which processes there are and what the engine asks of the hooks. It works the same on every
 * engine, since they all start the SDK's dynamic provider, or the plugin, and never prints: the first line of a provider is its
 * port.
 */
import { appendFileSync } from "node:fs";
import Module from "node:module";
import type { CallLine } from "./hook-calls";
import type * as pluginCalls from "./plugin-calls";

const HOOKS = ["configure", "check", "diff", "create", "read", "update", "delete"] as const;
type Hook = (...args: unknown[]) => Promise<unknown>;
type Provider = Record<(typeof HOOKS)[number], Hook>;

/** The module that the texts in the state require. */
const RUNTIMES: ReadonlySet<string> = new Set(["pulumi-video-analysis/runtime", "./plain.cjs"]);

const file = process.env["SCENARIO_CALLS"];
const script = process.argv[1] ?? "";
const role = /[\\/]cmd[\\/](run|dynamic-provider)(?:[\\/]|$)/.exec(script)?.[1];
let count = 0;

function write(line: CallLine): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}

function outcomeOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z][A-Z_]+(?=:)/.exec(message)?.[0] ?? "error";
}

function recorded(kind: string, name: (typeof HOOKS)[number], hook: Hook): Hook {
  return async (...args) => {
    const call = ++count;
    const { pid } = process;
    write({ pid, call, kind, hook: name, args: name === "configure" ? [] : args });
    try {
      const answer = await hook(...args);
      write({ pid, call, outcome: "ok" });
      return answer;
    } catch (error) {
      write({ pid, call, outcome: outcomeOf(error) });
      throw error;
    }
  };
}

function recordedProvider(kind: string, provider: Provider): Provider {
  const entries = HOOKS.map((name) => [name, recorded(kind, name, provider[name].bind(provider))] as const);
  return Object.fromEntries(entries) as Provider;
}

if (role === "run") write({ pid: process.pid, process: "program" });
if (role === "dynamic-provider") {
  write({ pid: process.pid, process: "provider" });
  // Node calls it with the module that requires as `this`.
  const load = Object.getOwnPropertyDescriptor(Module.prototype, "require")?.value as (
    this: Module,
    id: string,
  ) => unknown;
  const wrapped = new Map<string, Record<string, Provider>>();
  Module.prototype.require = function (this: Module, id: string): unknown {
    const loaded: unknown = load.call(this, id);
    if (!RUNTIMES.has(id)) return loaded;
    const entries = Object.entries(loaded as Record<string, Provider>);
    const known =
      wrapped.get(id) ??
      Object.fromEntries(entries.map(([kind, provider]) => [kind, recordedProvider(kind, provider)]));
    wrapped.set(id, known);
    return known;
  };
}
if (/[\\/]dist[\\/]plugin[\\/]plugin\.js$/.test(script)) {
  const { pid } = process;
  write({ pid, process: "provider" });
  const { watchCalls } = Module.createRequire(__filename)("./plugin-calls") as typeof pluginCalls;
  watchCalls((call) => write({ pid, call: ++count, ...call }));
}
