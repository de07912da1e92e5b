/** Operations that are limited to some resources. */
import { jobArgs, outputOf, type Program } from "../program";
import type { Scenario } from "../scenario";

const jobs = (description: string): Program => ({
  tasks: {
    first: { type: "VideoAnalysisJob", args: jobArgs({ description }) },
    second: { type: "VideoAnalysisJob", args: jobArgs({ description }) },
    third: {
      type: "VideoAnalysisJob",
      args: jobArgs({ description: outputOf("second", "taskId") }),
    },
  },
});

export const TARGETS: readonly Scenario[] = [
  {
    title: "targeted up, refresh and destroy",
    steps: [
      {
        run: "up",
        program: jobs("one"),
        expect: { operations: ["create first", "create second", "create third"] },
      },
      {
        run: "up",
        program: jobs("two"),
        options: { target: ["first"] },
        expect: {
          operations: ["update first", "same second", "same third"],
          calls: ["check first", "diff first", "update first"],
          writes: ["updateTask"],
        },
      },
      {
        run: "refresh",
        options: { target: ["second"] },
        expect: { operations: ["refresh-same second"], calls: ["read second", "diff second"] },
      },
      {
        run: "destroy",
        options: { target: ["second"] },
        expect: { operations: [], error: /third/, recorded: ["first", "second", "third"], writes: [] },
      },
      {
        run: "destroy",
        options: { target: ["second", "third"] },
        expect: {
          operations: ["same first", "delete third", "delete second"],
          recorded: ["first"],
          writes: ["deleteTask", "deleteTask"],
        },
      },
    ],
  },
];
