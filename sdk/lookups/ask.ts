/** Asking: lookups run in the program's own process, and load what sends requests with the first question. */
import * as pulumi from "@pulumi/pulumi";
import type { GetName, ListName, Lookups } from "../../provider/services/lookups";
import { pluginToken } from "../../provider/services/configuration";
import { runsWithMocks } from "../runtime-check";
import { configurationOf, providerOf } from "./configuration";
import type { Configuration, LookupOptions } from "./configuration";
import { LookupList } from "./list";
import type { EntrySource } from "./list";

/** Arguments of which each may be an output. */
export type LookupInputs<Args> = { [Key in keyof Args]: pulumi.Input<Args[Key]> };

type Args = object;
type PropertyMap = Readonly<Record<string, unknown>>;

const load = () => import("../../provider/services/lookups/index.js");

/** Those of this program, which share connections and tokens. */
let lookups: Promise<Lookups> | undefined;

function lookupsOfProgram(): Promise<Lookups> {
  lookups ??= load().then((loaded) => new loaded.Lookups());
  return lookups;
}

const configured = (configuration: Configuration) => ({
  config: { get: (key: string) => configuration[key] },
});

/** One entry, with configuration and arguments that are known. */
export async function get<Entry>(
  name: GetName,
  args: Args,
  options: LookupOptions | undefined,
): Promise<Entry> {
  return getWith<Entry>(name, args, options, await settled(name, configurationOf(options)));
}

export function getOutput<Entry>(
  name: GetName,
  args: Args,
  options: LookupOptions | undefined,
): pulumi.Output<Entry> {
  return once<Entry>(name, args, options, (known, configuration) =>
    getWith(name, known, options, configuration),
  );
}

export function list<Entry>(
  name: ListName,
  args: Args | undefined,
  options: LookupOptions | undefined,
): LookupList<Entry> {
  return new LookupList<Entry>(async () =>
    listWith(name, args ?? {}, options, await settled(name, configurationOf(options))),
  );
}

export function listOutput<Entry>(
  name: ListName,
  args: Args | undefined,
  options: LookupOptions | undefined,
): pulumi.Output<Entry[]> {
  return once<Entry[]>(name, args ?? {}, options, async (known, configuration) => {
    const source = await listWith<Entry>(name, known, options, configuration);
    return source.all();
  });
}

/** Asks when everything is known; what a preview does not know yet leaves the answer unknown. */
function once<Answer>(
  name: GetName | ListName,
  args: Args,
  options: LookupOptions | undefined,
  ask: (args: PropertyMap, configuration: Configuration) => Promise<Answer>,
): pulumi.Output<Answer> {
  const asked = pulumi.all([pulumi.output(args), configurationOf(options)]);
  const answer = asked.apply(async ([known, configuration]) => {
    const found = await ask(known as PropertyMap, configuration);
    const { secretsOf } = await load();
    const entries: unknown[] = Array.isArray(found) ? found : [found];
    const isSecret = entries.some((entry) => secretsOf(name, entry).length > 0);
    return isSecret ? pulumi.secret(found) : pulumi.output(found);
  });
  return answer as unknown as pulumi.Output<Answer>;
}

async function getWith<Entry>(
  name: GetName,
  args: Args,
  options: LookupOptions | undefined,
  configuration: Configuration,
): Promise<Entry> {
  return reported(async () => {
    if (runsWithMocks()) return (await mocked(name, args, options)) as Entry;
    const asked = await lookupsOfProgram();
    return (await asked.get(name, withoutUndefined(args), configured(configuration))) as Entry;
  });
}

async function listWith<Entry>(
  name: ListName,
  args: Args,
  options: LookupOptions | undefined,
  configuration: Configuration,
): Promise<EntrySource<Entry>> {
  if (runsWithMocks()) return mockedList(name, args, options);
  const lister = await reported(async () =>
    (await lookupsOfProgram()).list(name, withoutUndefined(args), configured(configuration)),
  );
  async function* pages(): AsyncGenerator<Entry[]> {
    const iterator = lister.pages();
    for (;;) {
      const next = await reported(() => iterator.next());
      if (next.done === true) return;
      yield next.value as unknown as Entry[];
    }
  }
  return { pages, all: () => reported(async () => (await lister.all()) as unknown as Entry[]) };
}

const withoutUndefined = (args: Args): PropertyMap =>
  Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));

/** Unit tests replace the engine by mocks: there a lookup asks their `call`, and never a service. */
function mocked(name: GetName | ListName, args: Args, options: LookupOptions | undefined): Promise<unknown> {
  const provider = providerOf(options);
  const token = pluginToken(name);
  return pulumi.runtime.invoke(token, { ...args }, provider === undefined ? {} : { provider });
}

/** A mock answers with an object, as every function of a provider does: the entries are a member of it. */
function mockedList<Entry>(
  name: ListName,
  args: Args,
  options: LookupOptions | undefined,
): EntrySource<Entry> {
  const all = async (): Promise<Entry[]> => {
    const answer = (await mocked(name, args, options)) as { readonly entries?: Entry[] } | undefined;
    return answer?.entries ?? [];
  };
  async function* pages(): AsyncGenerator<Entry[]> {
    const entries = await all();
    if (entries.length > 0) yield entries;
  }
  return { pages, all };
}

/** Pulumi prints the message of such an error without the stack: it is made for the user, and says what to do. */
async function reported<T>(ask: () => T | Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && "code" in error && Object.isExtensible(error)) {
      Object.defineProperty(error, "__pulumiRunError", { value: true });
    }
    const { explain } = await import("../../provider/fronts/engine/remedies.js");
    const { makePrintable } = await import("../../provider/common/printable.js");
    if (error instanceof Error) error.message = explain(error);
    throw makePrintable(error);
  }
}

/** @throws `INVALID_LOOKUP` where a preview does not know the configuration yet */
async function settled<T>(name: string, output: pulumi.Output<T>): Promise<T> {
  const isKnown = await (Reflect.get(output, "isKnown") as Promise<boolean>);
  if (!isKnown) {
    const { VideoAnalysisError } = await import("../../provider/common/errors.js");
    return reported(() => {
      const problem = `${name}: the provider's configuration is not known before the update. `;
      const remedy = `Use ${name}Output, whose answer is unknown until then.`;
      throw new VideoAnalysisError("INVALID_LOOKUP", problem + remedy);
    });
  }
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}
