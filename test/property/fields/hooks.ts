/** Check, diff and update as the engine calls them, through the hooks of the runtime against an emulator. */
import assert from "node:assert/strict";
import { deepEqual, type PropertyMap } from "../../../provider/common/json";
import { BatchTask, type DynamicProvider, ServiceTask, VideoAnalysisJob } from "../../../provider/runtime";
import {
  type Emulator,
  type EmulatorOptions,
  type RequestEntry,
  startEmulator,
} from "../../../testkit/emulator";
import { plain } from "../../support/world";
import type { FieldTable } from "./table";

const PROVIDERS: Readonly<Record<string, DynamicProvider>> = { ServiceTask, BatchTask, VideoAnalysisJob };

/** Create and update calls of the APIs, by the emulator's names; start and stop are none. */
const CREATES = ["createServiceTask", "createBatchTask", "createTasks", "createTask"];
const UPDATES = ["updateBatchTask", "updateTask"];

export interface Recorded {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

export interface Plan {
  readonly op: "replace" | "update" | "same";
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly inputs: PropertyMap;
}

export class Hooks {
  private constructor(
    readonly emulator: Emulator,
    private readonly table: FieldTable,
    private readonly provider: DynamicProvider,
  ) {}

  static async open(
    table: FieldTable,
    more: { emulator?: EmulatorOptions; config?: PropertyMap } = {},
  ): Promise<Hooks> {
    const emulator = await startEmulator({
      region: "cn-north-4",
      // The provider remembers ids for the life of the process, which other test files share.
      seed: `fields of ${table.definition.type}`,
      undeclaredVideoSources: "accept",
      logSecrets: true,
      ...more.emulator,
    });
    const provider = PROVIDERS[table.definition.type]!;
    const { region, projectId, token } = emulator;
    const endpoints = JSON.stringify(emulator.endpoints);
    const config: PropertyMap = { region, projectId, token, endpoints, ...more.config };
    await provider.configure({ config: { get: (key) => config[key.replace("video-analysis:", "")] } });
    return new Hooks(emulator, table, provider);
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  async check(news: PropertyMap, olds: PropertyMap = {}): Promise<PropertyMap> {
    const { inputs, failures } = await this.provider.check(olds, news);
    assert.deepEqual(failures, []);
    return plain(inputs) as PropertyMap;
  }

  /** A resource as a state has it, without any call. */
  async imagined(args: PropertyMap): Promise<Recorded> {
    const inputs = await this.check(args);
    const sources = (args.input as { data: unknown[] } | undefined)?.data ?? [args];
    const ids = sources.map((_, index) => `task${index}`);
    const id = this.table.definition.formatId(args, ids);
    return { id, inputs, outputs: { ...inputs, taskIds: ids, unfinished: [], stateVersion: 1 } };
  }

  /** A resource that exists; `adopt` is recorded as if it had been followed. */
  async created(args: PropertyMap): Promise<Recorded> {
    const { adopt, ...rest } = args;
    const inputs = await this.check(rest);
    this.emulator.clearRequests();
    const { id, outs } = await this.provider.create(inputs);
    const more = adopt === undefined ? {} : { adopt };
    return { id, inputs: { ...inputs, ...more }, outputs: { ...(plain(outs) as PropertyMap), ...more } };
  }

  /** Predicts an `up` with other arguments. */
  async plan({ id, inputs: olds, outputs }: Recorded, args: PropertyMap): Promise<Plan> {
    const inputs = await this.check(args, olds);
    const { changes, replaces, deleteBeforeReplace } = await this.provider.diff(id, outputs, inputs);
    assert.notEqual(changes, true, "nothing is unfinished");
    const same = changes === false || deepEqual(olds, inputs);
    const op = replaces.length > 0 ? "replace" : same ? "same" : "update";
    return { op, replaces, deleteBeforeReplace, inputs };
  }

  /** The body of the last create. */
  get createBody(): unknown {
    return this.emulator.requests.filter(({ operation }) => CREATES.includes(operation)).at(-1)?.body;
  }

  /** Updates, and says what that sent. */
  async update(
    { id, outputs }: Recorded,
    inputs: PropertyMap,
  ): Promise<{ outputs: PropertyMap; puts: unknown[] }> {
    this.emulator.clearRequests();
    const { outs } = await this.provider.update(id, outputs, inputs);
    const sent: readonly RequestEntry[] = this.emulator.requests;
    assert.deepEqual(
      sent.filter(({ operation }) => CREATES.includes(operation)),
      [],
    );
    const puts = sent.filter(({ operation }) => UPDATES.includes(operation)).map(({ body }) => body);
    return { outputs: plain(outs) as PropertyMap, puts };
  }

  async read(id: string, outputs: PropertyMap): Promise<PropertyMap> {
    return plain((await this.provider.read(id, outputs)).inputs) as PropertyMap;
  }
}
