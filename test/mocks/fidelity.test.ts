/** The mocks beside the real provider: what a create of each documented example leaves in the outputs. */
import assert from "node:assert/strict";
import type { PropertyMap } from "../../provider/common/json";
import type { Hooks } from "../../provider/fronts/dynamic/hooks";
import { ProviderProcess } from "../../provider/fronts/dynamic/process";
import * as va from "../../sdk";
import { valueOf } from "../../testkit";
import { DEFAULT_USER, type Emulator, startEmulator } from "../../testkit/emulator";
import { DOCUMENTED_SERVICES, DOCUMENTS, type Document } from "../support/documents";
import { without } from "../support/arguments";
import { plain } from "../support/world";
import { useMocks } from "./support";

/** Outputs of which only the service knows what they are, and of a batch the counts by state. */
const TOLD_BY_THE_SERVICE: Readonly<Record<Document["kind"], readonly string[]>> = {
  ServiceTask: ["serviceName", "creator"],
  BatchTask: ["algName", "company", "type", "videoGroupName", "videoSourceName", "creator", "statusCounts"],
  VideoAnalysisJob: ["serviceTitle", "creator", "hostingOutput", "hostingResult"],
};

/** The kind of a value, of objects and lists also that of what they hold: of a list all that any element has. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOf);
    return shapes.every((shape) => typeof shape === "object") ? [Object.assign({}, ...shapes)] : shapes;
  }
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shapeOf(item)]));
}

/** An id with its digits and letters made one. */
const formOf = (id: string): string => id.replaceAll(/[0-9a-f]{8,}/g, "<digits>");

describe("mocks beside the real provider", () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await startEmulator({ services: DOCUMENTED_SERVICES, undeclaredVideoSources: "accept" });
  });
  after(() => emulator.close());

  const configuration = (): Record<string, string> => ({
    region: emulator.region,
    projectId: emulator.projectId,
    endpoints: JSON.stringify(emulator.endpoints),
    userName: DEFAULT_USER.name,
    password: DEFAULT_USER.password,
    domainName: DEFAULT_USER.domainName,
  });

  const hooksFor = (kind: Document["kind"]): Promise<Hooks> => {
    const values = configuration();
    const request = {
      config: { get: (key: string) => values[key.replace("video-analysis:", "")] },
    };
    return new ProviderProcess().hooks(kind, request);
  };

  // How many sources a group without a list has only a service knows.
  const countable = DOCUMENTS.filter(({ title }) => title !== "an empty list of sources");
  for (const [index, { kind, title, args }] of countable.entries()) {
    it(`${kind}: ${title}`, async () => {
      const named: PropertyMap = { ...args, name: `task-${index}` };
      const hooks = await hooksFor(kind);
      const { inputs, failures } = await hooks.check({}, named);
      assert.deepEqual(failures, []);
      const real = await hooks.create(plain(inputs) as PropertyMap);

      const made = await useMocks({}, { config: configuration() });
      const resource = new va[kind]("task", named as never);
      const id = await valueOf(resource.id);
      const mocked = made.resources[0]!;
      assert.deepEqual(mocked.inputs, plain(inputs));
      assert.equal(formOf(id), formOf(real.id));
      const outputs = plain(real.outs) as PropertyMap;
      const told = TOLD_BY_THE_SERVICE[kind];
      assert.deepEqual(shapeOf(without(mocked.outputs, ...told)), shapeOf(without(outputs, ...told)));
      for (const key of ["endpoint", "projectId", "region", "unfinished", "stateVersion", "totalCount"]) {
        assert.deepEqual(mocked.outputs[key], outputs[key], key);
      }
      assert.equal((mocked.outputs["taskIds"] as unknown[]).length, (outputs["taskIds"] as unknown[]).length);
    });
  }
});
