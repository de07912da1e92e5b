/** Drives an emulator that runs in another process. */
import { UsageError } from "../usage-error";
import type { ControlApi } from "./api";
import { CONTROL_PREFIX, type ControlRoute, ROUTES } from "./routes";

/** The methods by which an `Emulator` is driven, over HTTP. */
export type EmulatorClient = {
  [Name in keyof ControlApi]: (
    ...args: Parameters<ControlApi[Name]>
  ) => Promise<ReturnType<ControlApi[Name]>>;
};

/** `url` is the one that the emulator printed, such as `http://127.0.0.1:8080`. */
export function connectEmulator(url: string): EmulatorClient {
  const base = url.replace(/\/+$/, "") + CONTROL_PREFIX;
  const methods = Object.entries(ROUTES).map(([name, route]) => [
    name,
    (...args: unknown[]) => send(base, route, args),
  ]);
  return Object.fromEntries(methods) as EmulatorClient;
}

async function send(base: string, route: ControlRoute, args: unknown[]): Promise<unknown> {
  const { method, path } = route;
  const members = membersOf(route, args);
  const response =
    method === "POST"
      ? await fetch(base + path, { method, body: JSON.stringify(members) })
      : await fetch(`${base}${path}?${queryOf(members)}`, { method });
  const text = await response.text();
  if (!response.ok)
    throw new UsageError(`${method} ${path} of the emulator: HTTP ${response.status}: ${text}`);
  return JSON.parse(text) as unknown;
}

function membersOf({ named = {} }: ControlRoute, args: unknown[]): Record<string, unknown> {
  const names = Object.keys(named);
  const positional = names.map((name, index) => [name, args[index]] as const);
  return { ...Object.fromEntries(positional), ...(args[names.length] as object | undefined) };
}

function queryOf(members: Record<string, unknown>): string {
  const given = Object.entries(members).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([key, value]) => [key, String(value)] as [string, string]),
  ).toString();
}
