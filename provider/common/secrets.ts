/** Secrets of requests and arguments: which values are some by their place, or in a URL. */
import { isObject } from "./json";
import { MASK, MIN_FOUND_SECRET, type Redact, WORD } from "./redaction";

/** Keys whose string values are secret in any request body (`vcn.password`, credentials of IAM), however short. */
const SECRET_KEY = /password|passwd|passcode|secret|token/i;

const URL_WITH_USER_INFO = /^[a-z][a-z0-9+.-]*:\/\/(.*)@/is;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/**
 * Names of parameters that grant access. Cameras, storage services and webhooks spell them in many ways: `pwd`,
 * `loginpas`, `sig`, `X-Amz-Signature`, `api_key`, `code`, `ticket`.
 */
const CREDENTIAL_NAME =
  /token|secret|pas|pwd|sig|credential|auth|bearer|cookie|jwt|session|ticket|access_?code|(?:api|access)_?key|key(?![a-z])|(?:^|[^a-z])(?:code|hash|hmac|otp|pin|sas|sid)(?![a-z])/i;

/** Values of the parameters that grant access; cameras also part them by semicolons and hash signs. */
function credentialParameters(url: string): readonly string[] {
  const [, ...pairs] = url.split(/[?&;#]/);
  return pairs.flatMap((pair) => {
    const mark = pair.indexOf("=");
    const value = pair.slice(mark + 1);
    return mark > 0 && value !== "" && CREDENTIAL_NAME.test(decoded(pair.slice(0, mark))) ? [value] : [];
  });
}

/** Whether a URL carries user name and password, or a parameter that grants access. */
export function hasCredentials(url: string): boolean {
  const authority = url.indexOf("//");
  // Passwords of cameras contain slashes and question marks: a path with an `@` is rather taken for one, too.
  return (authority >= 0 && url.includes("@", authority + 2)) || credentialParameters(url).length > 0;
}

/** Whether any of the URLs in a text does. */
export function tellsCredentials(text: string): boolean {
  if (!text.includes("://")) return false;
  return (text.match(WORD) ?? []).some((word) => word.includes("://") && hasCredentials(word));
}

function secretsOfUrl(text: string): readonly string[] {
  const [, userInfo] = URL_WITH_USER_INFO.exec(text) ?? [];
  const password = userInfo?.slice(userInfo.indexOf(":") + 1);
  const parameters = text.includes("://")
    ? credentialParameters(text).flatMap((value) => [value, decoded(value)])
    : [];
  return userInfo === undefined || password === undefined
    ? parameters
    : [userInfo, password, decoded(password), ...parameters];
}

/**
 * Members that no program makes a secret, in either spelling: what names, places, times and counts things, and what a
 * service says of a failure. Ids are too.
 */
const OPEN_NAMES: ReadonlySet<string> = new Set(
  [
    ["name", "servicename", "serviceversion", "projectname", "domainname", "agencyname", "region", "title"],
    ["type", "platform", "executionmode", "infertype", "methods"],
    ["state", "status", "taskstate", "taskstatus", "desiredstate", "schedulestatus", "timingstatus"],
    ["timezone", "date", "beginat", "endat", "daysofweek", "daysofmonth"],
    ["createdat", "updatedat", "expiresat", "issuedat"],
    ["count", "totalcount", "succeedcount", "failedcount", "numtask", "total", "offset", "limit"],
    ["errorcode", "errormsg", "errormessage", "errorlist", "code", "message", "detail", "reason", "advice"],
  ].flat(),
);
const ID_NAME = /(?:^|_)ids?$|Ids?$/;

/** One spelling for the arguments' and the services' own. */
const plainName = (name: string): string => name.replaceAll("_", "").toLowerCase();

const isOpen = (name: string): boolean => ID_NAME.test(name) || OPEN_NAMES.has(plainName(name));

/** `arguments`: what sources and results are reached by. `map`: its keys are the program's, and say nothing of their values. */
type Inside = "arguments" | "map" | "headers";
const INSIDE: ReadonlyMap<string, Inside> = new Map<string, Inside>([
  ...["input", "output", "batchinput"].map((name) => [name, "arguments"] as const),
  ...["config", "serviceconfig", "tag", "tags", "triggers"].map((name) => [name, "map"] as const),
  ["headers", "headers"],
]);

/** Where a value stands: the nearest member around it, and what that is a part of. */
interface Place {
  readonly name: string;
  readonly inside: Inside | undefined;
}
const TOP: Place = { name: "", inside: undefined };

const member = (name: string, { inside }: Place): Place => ({
  name,
  inside: inside === "map" || inside === "headers" ? inside : (INSIDE.get(plainName(name)) ?? inside),
});

/** What only may be secret is not looked for in a service's text where it is shorter: it may be a word of it. */
const MIN_FOUND_VALUE = 8;

type Find = (text: string, place: Place) => readonly string[];

function collect(value: unknown, place: Place, find: Find, found: Set<string>): void {
  if (typeof value === "string") {
    for (const secret of find(value, place)) found.add(secret);
  } else if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) collect(item, place, find, found);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) collect(item, member(key, place), find, found);
  }
}

const knownSecrets: Find = (text, { name, inside }) => {
  const secrets = inside === "headers" || SECRET_KEY.test(name) ? [text] : secretsOfUrl(text);
  return secrets.filter(({ length }) => length >= MIN_FOUND_SECRET);
};

const possibleSecrets: Find = (text, place) => {
  const mayBeSecret = place.inside === "map" || !isOpen(place.name);
  const known = knownSecrets(text, place);
  return mayBeSecret && text.length >= MIN_FOUND_VALUE ? [...known, text] : known;
};

/** The values of a request body that are secret by their place, or in a URL. */
export function secretsOf(body: unknown): readonly string[] {
  const found = new Set<string>();
  collect(body, TOP, knownSecrets, found);
  return [...found];
}

/** These, and every longer text that the program may have made a secret: for what a service says, which may repeat it. */
export function possibleSecretsOf(body: unknown): readonly string[] {
  const found = new Set<string>();
  collect(body, TOP, possibleSecrets, found);
  return [...found];
}

/** Whether a log may show the value there: a secret of the program is plain text here, so only the place decides. */
function mayShow(value: unknown, { name, inside }: Place): boolean {
  if (inside === "map" || inside === "headers") return false;
  if (typeof value === "boolean") return true;
  return inside === "arguments" ? plainName(name) === "type" : isOpen(name);
}

/** A copy of a JSON value for a log: names, ids, states and the like, and the places of everything else. */
export function maskedJson(value: unknown, redact: Redact, place = TOP): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => maskedJson(item, redact, place));
  if (isObject(value)) {
    // Free maps may have any text for a key, so keys are looked through too.
    const entries = Object.entries(value).map(
      ([key, item]) => [redact(key), maskedJson(item, redact, member(key, place))] as const,
    );
    return Object.fromEntries(entries);
  }
  if (value === null || value === "") return value;
  if (!mayShow(value, place)) return MASK;
  return typeof value === "string" ? redact(value) : value;
}
