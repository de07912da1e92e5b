import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as path from "node:path";
import type ts from "typescript";
import { type Document, documented, DOCUMENTS } from "../../support/documents";
import { REPOSITORY } from "../support";
import { CURSOR, typeChecker, type TypeChecker } from "./type-checker";

const task = (args: string): string => `new va.ServiceTask("t", ${args});`;
const withInput = (input: string): string =>
  task(`{ serviceId: "s", output: { dis: { streamName: "d" } }, input: ${input} }`);
const withSchedule = (schedule: string): string =>
  task(`{ serviceId: "s", output: {}, input: { type: "url", data: [{ url: "u" }] }, schedule: ${schedule} }`);

/** A documented example as a program writes it. */
const example = ({ kind, args }: Document): string =>
  `new va.${kind}("t", ${JSON.stringify(args).replace(/"(\w+)":/g, "$1: ")});`;

const RESTFUL = example(documented("ServiceTask", "restful to webhook"));

const ACCEPTED = {
  ...Object.fromEntries(
    DOCUMENTS.filter(({ printed }) => printed).map((document) => [
      `${document.kind}: ${document.title}`,
      example(document),
    ]),
  ),
  "outputs on every level": `
    declare const text: pulumi.Output<string>;
    declare const maybe: pulumi.Output<string | undefined>;
    new va.ServiceTask("t", {
      serviceId: text,
      description: maybe,
      platform: pulumi.output("ief" as const),
      input: pulumi.output({ type: "url" as const, data: [{ url: "u" }] }),
      output: pulumi.output({ dis: { streamName: "d" } }),
      config: text.apply((threshold) => ({ threshold })),
      triggers: [text, 1, { any: true }],
      timeouts: { create: maybe },
    });
    new va.ServiceTask("u", {
      serviceId: "s",
      input: { type: "url", data: [{ url: text }, text.apply((url) => ({ url }))] },
      output: { webhook: { url: text, headers: { Authorization: pulumi.secret("x") }, dataCategory: [text] } },
      config: { nested: { output: text } },
    });`,
  "VCN with its server": withInput(
    `{ type: "vcn", data: [{ deviceId: "d", streamType: 1 }], vcn: { ip: "i", port: 1, username: "u", password: pulumi.secret("p") } }`,
  ),
  "a part under its own name": `
    const schedule: va.types.input.TaskSchedule = { type: "weekly", timezone: "+02:00", daysOfWeek: [1] };
    const args: va.ServiceTaskArgs = { serviceId: "s", input: { type: "vis", data: [{ streamName: "v" }] }, output: {}, schedule };
    void args;`,
  "a batch with outputs on every level": `
    declare const text: pulumi.Output<string>;
    new va.BatchTask("b", {
      serviceName: text,
      serviceVersion: "1.0",
      batchInput: {
        videoSourceGroup: [{ videoSourceGroupId: text, videoSourceList: [{ videoSourceId: text, targetRoi: text }] }],
      },
      output: { webhook: { url: text, headers: { Authorization: pulumi.secret("x") } }, eventCenter: true },
      schedule: { type: "weekly", timezone: "+08:00", daysOfWeek: [1, 2], periods: [[], [{ beginAt: text, endAt: "09:00:00" }]] },
      config: { common: { threshold: text } },
      desiredState: "running",
      isSavedAsTemplate: true,
    });
    const b = va.BatchTask.get("g", "b1");
    const counts: pulumi.Output<number | undefined> = b.totalCount;
    void [counts, b.batchTaskId, b.errorList, b.statusCounts];`,
  "a job with every output and a timing": `
    declare const text: pulumi.Output<string>;
    new va.VideoAnalysisJob("j", {
      serviceName: "video-analyze",
      serviceVersion: "1.0",
      input: { type: "edgerestful", data: [{ url: text, certificateCheck: false, rtspPathInResponse: "url" }] },
      output: { hosting: {}, localpath: { mountSourcePath: text }, obs: { bucket: "b", path: text } },
      timing: { type: "once", timezone: "+08:00", date: "2031-01-01", frequency: { interval: 5, duration: 5 } },
      serviceConfig: { common: { threshold: text } },
      edgePoolId: text,
    });
    const j = va.VideoAnalysisJob.get("g", "video-analyze/1");
    const result = j.hostingResult.apply((hosting) => hosting?.status);
    void [result, j.taskId, j.hostingOutput];`,
  "narrowing by the input's type": `
    declare const input: va.types.input.TaskInput;
    if (input.type === "vcn") void input.vcn;`,
  "typed outputs": `
    const t = va.ServiceTask.get("t", "s/1", { region: "eu-de" }, { protect: true });
    const id: pulumi.Output<string> = t.taskId;
    const report: pulumi.Output<va.types.output.TaskReport[]> = t.tasks;
    const state: pulumi.Output<string> = t.state;
    const mode: pulumi.Output<"edge" | "ief" | undefined> = t.platform;
    const config: pulumi.Output<Record<string, unknown> | undefined> = t.config;
    const source = t.input.apply((input) => (input.type === "url" ? input.data[0]?.url : undefined));
    void [id, report, state, mode, config, source];
    declare const value: unknown;
    if (va.ServiceTask.isInstance(value)) void value.taskIds;`,
  "another account": `
    const provider = new va.Provider("second", {
      region: "eu-nl", accessKey: pulumi.secret("a"), secretKey: pulumi.secret("b"),
      endpoints: { modelarts: "http://127.0.0.1:1" }, maxRetries: 3, allowDuplicateNames: true, waitFor: "running",
    });
    ${RESTFUL.replace(");", ", { provider });")}
    new va.Provider("third");`,
};

const batch = (more: string): string =>
  `new va.BatchTask("b", { serviceName: "s", serviceVersion: "1.0", output: {}, batchInput: { videoSourceGroup: [] }, ${more} });`;
const job = (more: string, input = `{ type: "url", data: [{ url: "u" }] }`): string =>
  `new va.VideoAnalysisJob("j", { serviceName: "s", serviceVersion: "1.0", output: {}, input: ${input}, ${more} });`;

/** Programs that must not compile, each with what the compiler has to complain of. */
const REFUSED: Record<string, readonly [program: string, complaint: RegExp]> = {
  "fields of another input type": [
    withInput(`{ type: "url", data: [{ bucket: "b" }] }`),
    /'bucket' does not exist/,
  ],
  "fields of another input type beside the right ones": [
    withInput(`{ type: "url", data: [{ url: "u", bucket: "b" }] }`),
    /'bucket' does not exist/,
  ],
  "a VCN input without its server": [
    withInput(`{ type: "vcn", data: [{ deviceId: "d" }] }`),
    /'vcn' is missing in type/,
  ],
  "a VCN server elsewhere": [
    withInput(
      `{ type: "url", data: [{ url: "u" }], vcn: { ip: "i", port: 1, username: "u", password: "p" } }`,
    ),
    /'vcn' does not exist/,
  ],
  "an unknown input type": [withInput(`{ type: "file", data: [] }`), /"file"/],
  "an unknown platform": [
    task(`{ serviceId: "s", output: {}, input: { type: "url", data: [] }, platform: "cloud" }`),
    /"cloud"/,
  ],
  "an unknown schedule type": [withSchedule(`{ type: "hourly", timezone: "+00:00" }`), /"hourly"/],
  "an unknown execution mode": [
    withSchedule(`{ type: "daily", executionMode: "always", timezone: "+00:00" }`),
    /"always"/,
  ],
  "a schedule type that is any string": [
    `declare const type: string; ${withSchedule(`{ type, timezone: "+00:00" }`)}`,
    /'string' is not assignable/,
  ],
  "snake case": [
    task(`{ service_id: "s", output: {}, input: { type: "url", data: [] } }`),
    /Did you mean to write 'serviceId'/,
  ],
  "a missing service": [task(`{ output: {}, input: { type: "url", data: [] } }`), /'serviceId' is missing/],
  "a batch without its sources": [
    `new va.BatchTask("b", { serviceName: "s", serviceVersion: "1.0", output: {} });`,
    /'batchInput' is missing/,
  ],
  "an input in a batch": [
    `new va.BatchTask("b", { serviceName: "s", serviceVersion: "1.0", output: {}, batchInput: { videoSourceGroup: [] }, input: {} });`,
    /'input' does not exist/,
  ],
  "the input type of ModelArts in a job": [
    `new va.VideoAnalysisJob("j", { serviceName: "s", serviceVersion: "1.0", output: {}, input: { type: "restful", data: [] } });`,
    /"restful"/,
  ],
  "a schedule in a job": [
    `new va.VideoAnalysisJob("j", { serviceName: "s", serviceVersion: "1.0", output: {}, input: { type: "url", data: [] }, schedule: {} });`,
    /'schedule' does not exist/,
  ],
  "both periods and frequency": [
    withSchedule(`{
      type: "daily", timezone: "+00:00", periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }],
      frequency: { interval: 5, duration: 5, beginAt: "08:00:00", endAt: "09:00:00" },
    }`),
    /is not assignable/,
  ],
  "both periods and frequency in a job": [
    job(`timing: {
      type: "daily", timezone: "+00:00", periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }],
      frequency: { interval: 5, duration: 5 },
    }`),
    /is not assignable/,
  ],
  "a service task without an output": [
    task(`{ serviceId: "s", input: { type: "url", data: [] } }`),
    /'output' is missing/,
  ],
  "one source where a list is expected": [
    withInput(`{ type: "url", data: { url: "u" } }`),
    /'url' does not exist/,
  ],
  "a number as text": [
    task(
      `{ serviceId: "s", output: {}, input: { type: "url", data: [] }, sourceUsageEstimate: { cpu: "0.1", memory: 32 } }`,
    ),
    /'string' is not assignable/,
  ],
  "half an estimate": [
    task(`{ serviceId: "s", output: {}, input: { type: "url", data: [] }, sourceUsageEstimate: { cpu: 1 } }`),
    /'memory' is missing/,
  ],
  "a schedule without a time zone": [withSchedule(`{ type: "daily" }`), /'timezone' is missing/],
  "snake case in a schedule": [
    withSchedule(`{ type: "daily", timezone: "+00:00", execution_mode: "period" }`),
    /'execution_mode' does not exist|'executionMode'/,
  ],
  "half a period": [
    withSchedule(`{ type: "daily", timezone: "+00:00", periods: [{ beginAt: "08:00:00" }] }`),
    /'endAt' is missing/,
  ],
  "a webhook without headers": [
    task(`{ serviceId: "s", input: { type: "url", data: [] }, output: { webhook: { url: "u" } } }`),
    /'headers' is missing/,
  ],
  "an unknown operation in `timeouts`": [
    task(`{ serviceId: "s", output: {}, input: { type: "url", data: [] }, timeouts: { start: "1m" } }`),
    /'start' does not exist/,
  ],
  "no arguments at all": [`new va.ServiceTask("t");`, /Expected 2-3 arguments/],
  "an unknown wish": [batch(`desiredState: "paused"`), /"paused"/],
  "an unknown wait": [batch(`waitFor: "done"`), /"done"/],
  "an unknown schedule type of a batch": [
    batch(`schedule: { type: "hourly", timezone: "+00:00" }`),
    /"hourly"/,
  ],
  "periods of a batch that are not by day": [
    batch(
      `schedule: { type: "weekly", timezone: "+00:00", daysOfWeek: [1], periods: [{ beginAt: "08:00:00", endAt: "09:00:00" }] }`,
    ),
    /'beginAt' does not exist|is not assignable/,
  ],
  "a frequency in a batch": [
    batch(`schedule: { type: "weekly", timezone: "+00:00", frequency: {} }`),
    /'frequency' does not exist/,
  ],
  "snake case in a batch": [
    `new va.BatchTask("b", { service_name: "s", serviceVersion: "1.0", output: {}, batchInput: { videoSourceGroup: [] } });`,
    /'service_?[nN]ame'/,
  ],
  "a group without its id": [
    `new va.BatchTask("b", { serviceName: "s", serviceVersion: "1.0", output: {}, batchInput: { videoSourceGroup: [{ videoSourceList: [] }] } });`,
    /'videoSourceGroupId' is missing/,
  ],
  "settings of a batch outside `common`": [batch(`config: { threshold: 1 }`), /'threshold' does not exist/],
  "a platform in a batch": [batch(`platform: "ief"`), /'platform' does not exist/],
  "a text where a batch takes a truth value": [
    batch(`isSavedAsTemplate: "yes"`),
    /'string' is not assignable/,
  ],
  "a batch without a version": [
    `new va.BatchTask("b", { serviceName: "s", output: {}, batchInput: { videoSourceGroup: [] } });`,
    /'serviceVersion' is missing/,
  ],
  "a job without a version": [
    `new va.VideoAnalysisJob("j", { serviceName: "s", output: {}, input: { type: "url", data: [] } });`,
    /'serviceVersion' is missing/,
  ],
  "fields of another input type in a job": [
    job("", `{ type: "vis", data: [{ streamName: "v", bucket: "b" }] }`),
    /'bucket' does not exist/,
  ],
  "a job's VCN input without its server": [
    job("", `{ type: "vcn", data: [{ deviceId: "d" }] }`),
    /'vcn' is missing/,
  ],
  "camera tags in a job": [
    job("", `{ type: "edgecamera", data: [{ id: "c", cameraType: "ipc" }] }`),
    /'cameraType' does not exist/,
  ],
  "snake case in a job": [job(`service_config: {}`), /'service_?[cC]onfig'/],
  "an unknown timing": [job(`timing: { type: "yearly", timezone: "+00:00" }`), /"yearly"/],
  "half a frequency": [
    job(`timing: { type: "daily", timezone: "+00:00", frequency: { interval: 5 } }`),
    /'duration' is missing/,
  ],
  "an output of a batch in a job": [
    `new va.VideoAnalysisJob("j", { serviceName: "s", serviceVersion: "1.0", output: { eventCenter: true }, input: { type: "url", data: [] } });`,
    /'eventCenter' does not exist/,
  ],
  "a configuration key in snake case": [`new va.Provider("p", { access_key: "a" });`, /'access_?[kK]ey'/],
  "an unknown service among the endpoints": [
    `new va.Provider("p", { endpoints: { s3: "https://s3.example.com" } });`,
    /'s3' does not exist/,
  ],
  "a number as text in a provider": [
    `new va.Provider("p", { maxRetries: "3" });`,
    /'string' is not assignable/,
  ],
  "an output as an argument of another type": [
    `declare const count: pulumi.Output<number>; ${task(`{ serviceId: count, output: {}, input: { type: "url", data: [] } }`)}`,
    /is not assignable to type 'Input<string>'/,
  ],
  "a job's output as a service task's": [
    `const t = va.ServiceTask.get("t", "s/1"); void t.hostingResult;`,
    /'hostingResult' does not exist/,
  ],
  "a wrong provider value": [`new va.Provider("p", { signing: "none" });`, /"none"/],
  "a hidden input": [
    task(`{ serviceId: "s", output: {}, input: { type: "url", data: [] }, autoName: "x" }`),
    /'autoName' does not exist/,
  ],
};

describe("the types of the package", () => {
  let checker: TypeChecker;
  before(() => (checker = typeChecker()));

  for (const [name, program] of Object.entries(ACCEPTED)) {
    it(`accept ${name}`, () => assert.deepEqual(checker.errors(program), []));
  }
  for (const [name, [program, complaint]] of Object.entries(REFUSED)) {
    it(`refuse ${name}`, () => {
      const [error, ...others] = checker.errors(program);
      assert.match(error ?? "", complaint);
      assert.deepEqual(others, []);
    });
  }

  it("offer only the fields of the chosen input type", () => {
    const offered = checker.completions(withInput(`{ type: "obs", data: [{ ${CURSOR} }] }`));
    // `pulumi.Input` adds the two methods of an output.
    assert.deepEqual(offered.sort(), ["apply", "bucket", "get", "path"]);
  });

  it("show meaning, bounds, defaults and consequences on hovering", () => {
    const hover = (program: string, word: string): string => checker.hover(program, word);
    const url = hover(RESTFUL, "url:");
    assert.match(url, /at most 1000 characters/);
    assert.match(url, /secret/);
    assert.match(hover(withSchedule(`{ frequency: { interval: 5 } }`), "interval"), /5 to 720/);
    assert.match(hover(RESTFUL, "description"), /A change replaces the resource\./);
    assert.match(hover(RESTFUL, "name:"), /Default: the logical name and 12 hexadecimal digits\./);
    assert.match(hover(RESTFUL, "sourceUsageEstimate"), /Not drift-checked: no read returns it/);
    assert.match(hover("void ({} as va.types.input.TaskSchedule);", "TaskSchedule"), /When the task runs/);
    assert.match(
      hover(`new va.Provider("p", { maxRetries: 1 });`, "maxRetries"),
      /video-analysis:maxRetries/,
    );
  });

  it("can be read by the compiler that Pulumi brings along for projects without their own", () => {
    const vendored = path.join("@pulumi", "pulumi", "vendor", "typescript@3.8.3", "typescript.js");
    const old = createRequire(path.join(REPOSITORY, "x.js"))(vendored.replaceAll(path.sep, "/")) as typeof ts;
    const options = {
      strict: true,
      noEmit: true,
      types: [],
      target: old.ScriptTarget.ES2018,
      module: old.ModuleKind.CommonJS,
    };
    const program = old.createProgram([path.join(REPOSITORY, "dist", "sdk", "index.d.ts")], options);
    const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/dist/sdk/"));
    assert.ok(own.length > 3);
    const errors = own.flatMap((file) => [
      ...program.getSyntacticDiagnostics(file),
      ...program.getSemanticDiagnostics(file),
    ]);
    assert.deepEqual(
      errors.map(
        (error) => `${error.file?.fileName}: ${old.flattenDiagnosticMessageText(error.messageText, "\n")}`,
      ),
      [],
    );
  });
});
