/** VIAS, Adding a Batch Task, and the API definitions CreateBatchTask and CreateTask. */
import type { PropertyMap } from "../../../provider/common/json";
import { type Document, SHARED_OUTPUTS, variants } from "./document";

/** The group and the source of the example have the same masked id. */
const ID = "xxxxxxx-xxxxxxx-xxxxxxx-xxxxx-xxxxxx";

const PRINTED: Document = {
  title: "the batch of the create page",
  kind: "BatchTask",
  printed: true,
  args: {
    name: "wdwd",
    // The page has spaces in it, which its own pattern forbids; there, vendor and priority follow, which no schema has.
    serviceName: "smoke-and-fire-detection",
    serviceVersion: "1.0",
    isSavedAsTemplate: false,
    description: "",
    batchInput: {
      videoSourceGroup: [{ videoSourceGroupId: ID, videoSourceList: [{ videoSourceId: ID }] }],
    },
    output: { webhook: { url: "http://test", headers: { a: "a" } } },
    config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
  },
  body: {
    name: "wdwd",
    service_name: "smoke-and-fire-detection",
    service_version: "1.0",
    is_saved_as_template: false,
    description: "",
    batch_input: {
      video_source_group: [{ video_source_group_id: ID, video_source_list: [{ video_source_id: ID }] }],
    },
    output: { webhook: { url: "http://test", headers: { a: "a" } } },
    config: { common: { render_result_sw: 1, fire_detection_sw: 1, smoke_detection_sw: 1 } },
  },
};

/** The definition's weekly example: seven lists from Monday to Sunday, four of them empty. */
export const WEEKEND: PropertyMap = {
  type: "weekly",
  timezone: "+08:00",
  daysOfWeek: [1, 2, 3, 4, 5, 6, 7],
  periods: [
    [],
    [],
    [],
    [],
    [{ beginAt: "22:15:00", endAt: "23:59:00" }],
    [{ beginAt: "00:00:00", endAt: "23:59:00" }],
    [{ beginAt: "22:15:00", endAt: "23:59:00" }],
  ],
};
/** As it goes out. */
export const WEEKEND_BODY: PropertyMap = {
  type: "weekly",
  timezone: "+08:00",
  days_of_week: [1, 2, 3, 4, 5, 6, 7],
  periods: [
    [],
    [],
    [],
    [],
    [{ begin_at: "22:15:00", end_at: "23:59:00" }],
    [{ begin_at: "00:00:00", end_at: "23:59:00" }],
    [{ begin_at: "22:15:00", end_at: "23:59:00" }],
  ],
};

const base = {
  args: {
    name: "batch-test",
    serviceName: "fire-smoke",
    serviceVersion: "1.0",
    batchInput: {
      videoSourceGroup: [{ videoSourceGroupId: "group", videoSourceList: [{ videoSourceId: "camera-1" }] }],
    },
    output: { dis: { streamName: "dis-test" } },
  },
  body: {
    name: "batch-test",
    service_name: "fire-smoke",
    service_version: "1.0",
    batch_input: {
      video_source_group: [
        { video_source_group_id: "group", video_source_list: [{ video_source_id: "camera-1" }] },
      ],
    },
    output: { dis: { stream_name: "dis-test" } },
  },
};

export const batchTaskDocuments: readonly Document[] = [
  PRINTED,
  ...variants("BatchTask", base, [
    ["a week of seven lists, four of them empty", { schedule: WEEKEND }, { schedule: WEEKEND_BODY }],
    [
      "days of the month",
      {
        schedule: {
          type: "monthly",
          timezone: "-03:00",
          daysOfMonth: [1, 31],
          periods: [[{ beginAt: "08:00:00", endAt: "09:00:00" }]],
        },
      },
      {
        schedule: {
          type: "monthly",
          timezone: "-03:00",
          days_of_month: [1, 31],
          periods: [[{ begin_at: "08:00:00", end_at: "09:00:00" }]],
        },
      },
    ],
    [
      "a name and an algorithm in Chinese",
      { name: "烟火-1", serviceName: "烟火演示算法" },
      { name: "烟火-1", service_name: "烟火演示算法" },
    ],
    [
      "regions of interest in two groups",
      {
        batchInput: {
          videoSourceGroup: [
            {
              videoSourceGroupId: "group-1",
              videoSourceList: [
                { videoSourceId: "camera-1", targetRoi: "0,0,1,1" },
                { videoSourceId: "camera-2" },
              ],
            },
            { videoSourceGroupId: "group-2", videoSourceList: [{ videoSourceId: "camera-3" }] },
          ],
        },
      },
      {
        batch_input: {
          video_source_group: [
            {
              video_source_group_id: "group-1",
              video_source_list: [
                { video_source_id: "camera-1", target_roi: "0,0,1,1" },
                { video_source_id: "camera-2" },
              ],
            },
            { video_source_group_id: "group-2", video_source_list: [{ video_source_id: "camera-3" }] },
          ],
        },
      },
    ],
    [
      "an empty list of sources",
      { batchInput: { videoSourceGroup: [{ videoSourceGroupId: "group-north", videoSourceList: [] }] } },
      {
        batch_input: {
          video_source_group: [{ video_source_group_id: "group-north", video_source_list: [] }],
        },
      },
    ],
    [
      "a template and an order",
      { isSavedAsTemplate: true, resourceOrderId: "029b34a69efd48769215e429deff0cec" },
      { is_saved_as_template: true, resource_order_id: "029b34a69efd48769215e429deff0cec" },
    ],
    ...SHARED_OUTPUTS,
    ["to the event center", { output: { eventCenter: true } }, { output: { event_center: true } }],
    [
      "to everything at once",
      {
        output: {
          obs: { bucket: "obs-iva", path: "output/" },
          dis: { streamName: "dis-test" },
          webhook: { url: "http://test", headers: { a: "a" }, dataCategory: ["x"] },
          eventCenter: false,
        },
      },
      {
        output: {
          obs: { bucket: "obs-iva", path: "output/" },
          dis: { stream_name: "dis-test" },
          webhook: { url: "http://test", headers: { a: "a" }, data_category: ["x"] },
          event_center: false,
        },
      },
    ],
  ]),
];
