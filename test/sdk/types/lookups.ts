import assert from "node:assert/strict";
import type { z } from "zod";
import { metaOf } from "../../../provider/core/schema/field";
import { LOOKUPS } from "../../../provider/services/lookups/registry";
import { typeChecker, type TypeChecker } from "./type-checker";

const ACCEPTED: Readonly<Record<string, string>> = {
  "awaited, iterated and by page": `
    async function main(): Promise<void> {
      const tasks: va.ServiceTaskEntry[] = await va.listServiceTasks({ serviceId: "s", platform: "ief", state: "FAILED" });
      for await (const task of va.listServiceTasks({ serviceId: "s" })) console.log(task.id, task.output.webhook?.url);
      for await (const page of va.listBatchTasks().byPage()) console.log(page.length);
      const job = await va.getVideoAnalysisJob({ id: "video-analyze/1" }, {});
      if (job.input.type === "url") console.log(job.input.data[0]?.url, tasks.length);
    }
    declare const console: { log(...values: unknown[]): void };
    void main;`,
  "outputs on every argument, with a provider": `
    declare const id: pulumi.Output<string>;
    declare const maybe: pulumi.Output<string | undefined>;
    const provider = new va.Provider("other", { region: "eu-nl" });
    const name: pulumi.Output<string> = va.getServiceTaskOutput({ id, region: maybe }, { provider }).name;
    const ids: pulumi.Output<string[]> = va.listServiceTasksOutput({ serviceId: id, nameLike: maybe }).apply((found) => found.map((task) => task.id));
    void name; void ids;`,
  "details make batches with arguments": `
    async function main(): Promise<void> {
      const [batch] = await va.listBatchTasks({ details: true });
      const headers: Record<string, string> | undefined = batch?.output?.webhook?.headers;
      void headers;
    }
    void main;`,
  catalogues: `
    async function main(): Promise<void> {
      const [group] = await va.listVideoGroups({ accessTypes: ["edge"], hasTask: true });
      const types: va.VideoSourceType[] = ["ivm", "restful", "url", "vcn", "obs", "camera", "vcn_restful"];
      const sources = await va.listVideoSources({ groupIds: [group!.id], statuses: ["offline"], types });
      const [algorithm] = await va.listUserServices({ details: true });
      const status: string | undefined = (await va.getService({ id: "s" })).status;
      const pools: pulumi.Output<va.EdgePoolEntry[]> = va.listEdgePoolsOutput();
      void sources; void algorithm?.api; void status; void pools;
    }
    void main;`,
  "an id for adopt": `
    new va.ServiceTask("t", {
      serviceId: "s",
      adopt: va.getServiceTaskOutput({ id: "s/t" }).id,
      input: { type: "url", data: [{ url: "u" }] },
      output: {},
    });`,
};

const REFUSED: Readonly<Record<string, string>> = {
  "a list without its service": `va.listServiceTasks({});`,
  "a state that no document names": `va.listServiceTasks({ serviceId: "s", state: "HAPPY" });`,
  "a status that no document names": `va.listVideoSources({ statuses: ["asleep"] });`,
  "a kind of sources that only Cloud Stack has": `va.listVideoSources({ types: ["RTSP_STREAM"] });`,
  "a misspelt filter": `va.listServiceTasks({ serviceId: "s", name: "x" });`,
  "an output in a plain form": `va.getServiceTask({ id: pulumi.output("s/t") });`,
  "a list in the place of its entries": `const tasks: va.ServiceTaskEntry[] = va.listServiceTasks({ serviceId: "s" });`,
  "a list as an input": `const input: pulumi.Input<va.ServiceTaskEntry[]> = va.listServiceTasks({ serviceId: "s" });`,
  "arguments of batches that were only listed": `async function main() { return (await va.listBatchTasks())[0]?.output; }`,
};

describe("types of lookups", function () {
  let checker: TypeChecker;
  before(function () {
    this.timeout(120_000);
    checker = typeChecker();
  });

  for (const [what, program] of Object.entries(ACCEPTED)) {
    it(`accept ${what}`, () => {
      assert.deepEqual(checker.errors(program), []);
    });
  }

  for (const [what, program] of Object.entries(REFUSED)) {
    it(`refuse ${what}`, () => {
      assert.notDeepEqual(checker.errors(program), []);
    });
  }

  it("say on hovering what an argument means, within its bounds", () => {
    const program = `va.listServiceTasks({ serviceId: "s", platform: "edge", pageSize: 3 });`;
    assert.match(checker.hover(program, "platform"), /takes no\s+filters/);
    assert.match(checker.hover(program, "pageSize"), /1 to 100/);
  });

  for (const [name, lookup] of Object.entries(LOOKUPS)) {
    it(`say on hovering what ${name} does, what it takes and what it answers`, () => {
      const { inputs, entry, summary, source } = lookup;
      const args = `${name.charAt(0).toUpperCase()}${name.slice(1)}Args`;
      const places = [
        { place: `va.${name}(args)`, word: `${name}(`, meaning: summary },
        { place: `va.${name}(args)`, word: `${name}(`, meaning: `Source: ${source}.` },
        { place: `va.${name}Output(args)`, word: `${name}Output(`, meaning: "arguments that may be outputs" },
        ...Object.entries<z.ZodType>(inputs.shape).map(([key, schema]) => ({
          place: `args.${key}/*a*/`,
          word: `${key}/*a*/`,
          meaning: metaOf(schema)?.description,
        })),
        ...Object.entries<z.ZodType>(entry.shape).map(([key, schema]) => ({
          place: `entry.${key}/*e*/`,
          word: `${key}/*e*/`,
          meaning: metaOf(schema)?.description,
        })),
      ];
      const program = [
        `declare const args: va.${args};\ndeclare const entry: va.${metaOf(entry)!.typeName!};`,
        ...places.map(({ place }) => `void ${place};`),
      ].join("\n");
      const hovers = checker.hovers(
        program,
        places.map(({ word }) => word),
      );
      const plain = (text: string): string => text.replaceAll(/\s+/g, " ");
      const silent = places.filter(
        ({ meaning }, index) => meaning === undefined || !plain(hovers[index]!).includes(plain(meaning)),
      );
      assert.deepEqual(silent, []);
    });
  }
});
