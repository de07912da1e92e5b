/** Programs that must not compile. */
import { task, withInput, withSchedule } from "./example";

const batch = (more: string): string =>
  `new va.BatchTask("b", { serviceName: "s", serviceVersion: "1.0", output: {}, batchInput: { videoSourceGroup: [] }, ${more} });`;
const job = (more: string, input = `{ type: "url", data: [{ url: "u" }] }`): string =>
  `new va.VideoAnalysisJob("j", { serviceName: "s", serviceVersion: "1.0", output: {}, input: ${input}, ${more} });`;

/** Each with the complaint of the compiler. */
export const REFUSED: Record<string, readonly [program: string, complaint: RegExp]> = {
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
