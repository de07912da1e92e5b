/** The camera groups of a site, analysed on a weekly schedule; everything runs as one batch of VIAS. */
import * as pulumi from "@pulumi/pulumi";
import * as va from "pulumi-video-analysis";

interface CameraGroup {
  id: string;
  cameras: string[];
}

const config = new pulumi.Config();
const groups = config.requireObject<CameraGroup[]>("groups");
const algorithm = config.get("algorithm") ?? "fire-smoke";
const callback = config.get("callback") ?? "https://hooks.example.com/alarms";
/** Sent with each result, so that the receiver knows whom it is from. Encrypted in the state. */
const apiKey = config.getSecret("apiKey") ?? pulumi.secret("example-key");

/** Monday is 1. A day that ends at 23:59:00 followed by one that starts at 00:00:00 is run without a break. */
const WEEK = [1, 2, 3, 4, 5, 6, 7];
const NIGHT = [
  { beginAt: "00:00:00", endAt: "06:00:00" },
  { beginAt: "20:00:00", endAt: "23:59:00" },
];
const ALL_DAY = [{ beginAt: "00:00:00", endAt: "23:59:00" }];

/** Nights from Monday to Friday, all day at weekends: a list of periods for each day of `daysOfWeek`. */
const periods = WEEK.map((day) => (day <= 5 ? NIGHT : ALL_DAY));

const site = new va.BatchTask("site", {
  serviceName: algorithm,
  serviceVersion: "1.0",
  description: "Smoke and fire, all groups of the site",
  batchInput: {
    videoSourceGroup: groups.map(({ id, cameras }) => ({
      videoSourceGroupId: id,
      videoSourceList: cameras.map((videoSourceId) => ({ videoSourceId })),
    })),
  },
  schedule: { type: "weekly", timezone: "+08:00", daysOfWeek: WEEK, periods },
  output: { webhook: { url: callback, headers: { "X-Api-Key": apiKey } } },
  config: { common: { fire_detection_sw: 1, smoke_detection_sw: 1 } },
  desiredState: "running",
});

export const batchTaskId = site.batchTaskId;
export const state = site.state;
/** How many cameras are in each state. */
export const statusCounts = site.statusCounts;
export const taskIds = site.taskIds;
export const states = site.states;
