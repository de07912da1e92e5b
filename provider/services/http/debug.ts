/** Debug output of one attempt: everything that was sent and answered, secrets masked. */
import { printable } from "../../common/printable";
import { MASK, type Redact, redactor, redactUrl } from "../../common/redaction";
import { maskedJson } from "../../common/secrets";
import type { Answer, NetworkFailure, WireRequest } from "./send-once";
import { REQUEST_ID_HEADER } from "./parse-result";

/** Set to `1`, the provider process writes every request to its standard error. */
export const DEBUG_VARIABLE = "VIDEO_ANALYSIS_DEBUG";

/** Takes one line without its end. */
export type DebugSink = (line: string) => void;

/** Longest body that is shown, in characters: a page of a list of tasks. */
const LONGEST_BODY = 20_000;

/** Headers whose whole value is a credential, in either direction. */
const SECRET_HEADER = /authorization|token|cookie|secret|password|key/i;

const PREFIX = "video-analysis:";

export interface Attempted {
  readonly wire: WireRequest;
  readonly result: Answer | NetworkFailure;
  readonly ms: number;
  /** Values that no line may show, beside those whose place says that they are secret. */
  readonly secrets: readonly string[];
}

const toStandardError: DebugSink = (line) => void process.stderr.write(`${printable(line)}\n`);

/** The sink, where the environment asks for one. */
export function debugSink(
  env: Readonly<Record<string, string | undefined>>,
  sink = toStandardError,
): DebugSink | undefined {
  return env[DEBUG_VARIABLE] === "1" ? sink : undefined;
}

export function debugLines({ wire, result, ms, secrets }: Attempted): readonly string[] {
  const { url } = wire;
  // Those of all tasks of a service are many, and are prepared for the search once.
  const redact = redactor(secrets);
  const address = redactUrl(url.origin + url.pathname) + redact(url.search);
  const summary = result.answered
    ? `${result.status}${requestId(result, redact)}`
    : `no answer: ${oneLine(redact(result.reason))}`;
  const answer = result.answered ? part("<", result.headers, result.text, redact) : [];
  return [
    `${PREFIX} ${wire.method} ${address} → ${summary} in ${Math.round(ms)} ms`,
    ...part(">", Object.entries(wire.headers), wire.body ?? "", redact),
    ...answer,
  ];
}

function requestId(answer: Answer, redact: Redact): string {
  const id = answer.header(REQUEST_ID_HEADER);
  return id === undefined ? "" : ` (request id ${oneLine(redact(id))})`;
}

function part(
  direction: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: string,
  redact: Redact,
): readonly string[] {
  const shown = headers.map(([name, value]) => {
    const masked = SECRET_HEADER.test(name) ? MASK : oneLine(redact(value));
    return `${PREFIX}   ${direction} ${name}: ${masked}`;
  });
  const text = bodyText(body, redact);
  return text === "" ? shown : [...shown, `${PREFIX}   ${direction} ${text}`];
}

/** Masked before it is cut, so that no half of a secret is left. */
function bodyText(body: string, redact: Redact): string {
  const text = oneLine(masked(body, redact));
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}… (${text.length} characters)`;
}

function masked(body: string, redact: Redact): string {
  try {
    return body.trim() === "" ? "" : JSON.stringify(maskedJson(JSON.parse(body), redact));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return redact(body);
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
