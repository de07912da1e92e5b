/** Values that several bodies have. */
import { distinct, integer, type Rule, stringMap, text } from "../rules";

/** Bounds that the create pages of all three services share. */
export const MAX_DESCRIPTION = 500;
export const MAX_URL = 1000;
export const MAX_RTSP_PATH = 1024;
export const MAX_HEADERS = 10;

/** A TCP port; VAS and VIAS document the range. */
export const port = integer(0, 65_535);

/** Main stream, and two sub-streams. */
export const streamType = integer(1, 3);

export const description = text({ max: MAX_DESCRIPTION });

/** The headers of a webhook output: at least one. */
export const webhookHeaders = stringMap(1, MAX_HEADERS);

/** The definitions of VAS and VIAS allow Chinese names. */
export const chineseName = text({ min: 1, pattern: /^[\u4E00-\u9FA5a-zA-Z0-9_-]{1,100}$/ });

export const url = text({
  min: 1,
  max: MAX_URL,
  pattern: /^(https?|rtsp|rtmp|ftp|file):\/\/[-A-Za-z0-9+&@*#/%?=~_|!:,.;]+[-A-Za-z0-9+&@*#/%=~_|]$/,
});

export const bucket = text({
  min: 1,
  max: 63,
  pattern: /^[a-z0-9](?!.*[-.][-.].*)([a-z0-9-.]{1,61})[a-z0-9]$/,
});

/**
 * The documented expression rejects a documented example and accepts "", so only its length and its forbidden
 * characters are enforced.
 */
export const obsPath = text({ min: 1, max: 1023, pattern: /^[^:*?"<>|\\]*$/ });

/** The 0 to 10 different categories of an output. */
export const categories: Rule = distinct(text(), 0, 10);
