/** Arguments that check refuses of every resource type. */
import { without } from "../harness";
import type { Kind } from "../kinds";
import { numbered } from "../kinds/kind";
import type { Props } from "../values";

/** Arguments, and the properties that the failures must name. */
export type Refused = readonly [title: string, args: Props, ...properties: string[]];

export const HOURS = [{ beginAt: "08:00:00", endAt: "20:00:00" }];
export const VCN = { ip: "10.0.0.1", port: 9900, username: "u", password: "p" };

/** As an SDK sends them. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const ASSET = { [SIGNATURE]: "c44067f5952c0a294b673a41bacd8c17", text: "canary" };
const ARCHIVE = { [SIGNATURE]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "./models", assets: {} };

export const pairs = (count: number): Props =>
  Object.fromEntries(numbered(count, (number) => [`k${number}`, "v"]));

/** The rows that hold for every resource type. */
export function refusedOf(kind: Kind): Refused[] {
  const bad = (more: Props): Props => kind.program("bad", more);
  const webhook = (more: Props): Props =>
    bad({ output: { webhook: { url: "https://hook.example.com", ...more } } });
  const { schedule } = kind;
  const usual = kind.scheduled[schedule] as Props;
  const scheduled = (more: Props): Props => bad({ [schedule]: { ...usual, ...more } });
  return [
    ["a name with a space", bad({ name: "a b" }), "name"],
    ["an empty name", bad({ name: "" }), "name"],
    ["a name of 101 characters", bad({ name: "n".repeat(101) }), "name"],
    ["no name at all", without(bad({}), "name"), "name"],
    ["a description of 501 characters", bad({ description: "d".repeat(501) }), "description"],
    ["an unknown property", bad({ colour: "red" }), "colour"],
    ["a property in the spelling of the API", bad({ desired_state: "running" }), "desired_state"],
    ["an unknown property inside", bad({ output: { dis: { streamName: "s", x: 1 } } }), "output.dis.x"],
    ["no output", without(bad({}), "output"), "output"],
    ["no output member", bad({ output: {} }), "output"],
    ["a webhook without headers", webhook({}), "output.webhook.headers"],
    ["a webhook with empty headers", webhook({ headers: {} }), "output.webhook.headers"],
    ["a webhook with eleven headers", webhook({ headers: pairs(11) }), "output.webhook.headers"],
    ["dis without a stream", bad({ output: { dis: {} } }), "output.dis.streamName"],
    ["a zone name", scheduled({ timezone: "Europe/Berlin" }), `${schedule}.timezone`],
    [
      "a schedule type nobody knows",
      { ...bad({}), [schedule]: without({ ...usual, type: "yearly" }, "daysOfWeek") },
      `${schedule}.type`,
    ],
    ["settings that are no map", bad({ ...kind.settings("fast" as unknown as Props) }), kind.settingsPath],
    [
      "files in a free map",
      bad(kind.settings({ model: [ASSET], more: { deep: ARCHIVE } })),
      `${kind.settingsPath}.model[0]`,
      `${kind.settingsPath}.more.deep`,
    ],
    [
      "a file where a text belongs, beside another mistake",
      bad({ description: ASSET, waitFor: "done" }),
      "description",
      "waitFor",
    ],
    ["waiting for the success of a schedule", bad({ ...kind.scheduled, waitFor: "succeeded" }), "waitFor"],
    ["waiting for a stopped task to run", bad({ desiredState: "stopped", waitFor: "running" }), "waitFor"],
    ["waiting for anything else", bad({ waitFor: "done" }), "waitFor"],
    ["a run state nobody knows", bad({ desiredState: "paused" }), "desiredState"],
    ["a timeout that is no duration", bad({ timeouts: { create: "ten minutes" } }), "timeouts.create"],
    ["a region that is none", bad({ region: "EU DE" }), "region"],
    ["a number where a text belongs", bad({ description: 7 }), "description"],
    [
      "several mistakes at once",
      bad({ name: "a b", desiredState: "x", output: {} }),
      "name",
      "desiredState",
      "output",
    ],
    ...(kind.endless === undefined
      ? []
      : [
          [
            "waiting for the success of a stream",
            bad({ ...kind.endless, waitFor: "succeeded" }),
            "waitFor",
          ] as const,
        ]),
  ];
}
