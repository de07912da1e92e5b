/** The forms of declarations that come as data. */
import { VIDEO_SOURCE_TYPES } from "../options";
import { type Field, bool, list, object, oneOf, optional, required, type Rule, someText } from "../rules";
import { member, textOf } from "../json";

const declared: Readonly<Record<string, Field>> = {
  id: required(someText),
  name: required(someText),
  projectId: optional(someText),
};
const versions = required(list(someText, 1));

/** Members that only the list of ModelArts services shows. */
const listed: Readonly<Record<string, Field>> = {
  description: optional(someText),
  inferType: optional(oneOf(["real-time", "batch", "edge"])),
  status: optional(someText),
};

/** Members beside the common ones, by platform. */
const PLATFORMS: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  edge: listed,
  ief: listed,
  vias: {
    versions,
    title: optional(someText),
    company: optional(someText),
    description: optional(someText),
    status: optional(someText),
    runsOn: optional(oneOf(["cloud", "edge"])),
    commercial: optional(bool),
  },
  vas: {
    versions,
    title: optional(object({ zh: required(someText), en: required(someText) })),
    edge: optional(bool),
    commercial: optional(bool),
  },
};

/** The body of `POST /__emulator/services`: a `ServiceDeclaration`. */
export const serviceShape: Rule = (value, path) => {
  const platform = member(value, "platform");
  const rule = oneOf(Object.keys(PLATFORMS));
  rule(platform ?? null, "platform");
  object({ ...declared, platform: required(rule), ...PLATFORMS[textOf(platform)] })(value, path);
};

const accessType = oneOf(["cloud", "edge"]);

const videoSource = object({
  id: required(someText),
  name: required(someText),
  type: optional(oneOf(VIDEO_SOURCE_TYPES)),
  status: optional(oneOf(["online", "offline", "abnormal"])),
  accessType: optional(accessType),
  streamPath: optional(someText),
  tags: optional(list(someText)),
});

/** The body of `POST /__emulator/video-groups`: a `VideoGroupDeclaration`. */
export const videoGroupShape: Rule = object({
  id: required(someText),
  name: required(someText),
  sources: required(list(videoSource)),
  accessType: optional(accessType),
});

/** The body of `POST /__emulator/edge-pools`: an `EdgePoolDeclaration`. */
export const edgePoolShape: Rule = object({
  id: required(someText),
  name: required(someText),
  description: optional(someText),
  state: optional(oneOf(["Running", "Abnormal"])),
});
