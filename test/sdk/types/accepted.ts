/** Programs that must compile. */
import { DOCUMENTS } from "../../support/documents";
import { example, RESTFUL, withInput } from "./example";

export const ACCEPTED = {
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
