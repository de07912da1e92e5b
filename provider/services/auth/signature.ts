/**
 * SDK-HMAC-SHA256, the signature of requests with an access key. Sources: "Signing Algorithm" pages of the API
 * request signing guide for the plain form; the authentication page of the ModelArts API reference of Open Telekom
 * Cloud and that of DIS for the scoped one.
 */
import { createHash, createHmac } from "node:crypto";
import { toUSVString } from "node:util";

/** `plain` signs with the secret key itself, `scoped` with one derived for a day, region and service. */
export type SigningForm = "plain" | "scoped";

/** The request as it is on the wire, with exactly the headers that the signature covers. */
export interface SignableRequest {
  readonly method: string;
  readonly url: URL;
  /** With `Host` and `X-Sdk-Date`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SigningKey {
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Where a scoped signature counts. */
export interface SigningScope {
  readonly region: string;
  readonly service: string;
}

const ALGORITHM = "SDK-HMAC-SHA256";
export const DATE_HEADER = "X-Sdk-Date";
/** End of a scope, and last step of the derivation of its key. */
const TERMINATOR = "sdk_request";
/** Length of `yyyymmdd` in a date. */
const DAY_LENGTH = 8;

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** `YYYYMMDDTHHMMSSZ` in UTC. */
export function signingDate(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** Milliseconds since 1970 of such a date. */
export function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, "$1-$2-$3:$4:"));
}

/** Everything but `A–Z a–z 0–9 - _ . ~` as percent signs; `encodeURIComponent` leaves five characters more. */
function encode(text: string): string {
  return encodeURIComponent(toUSVString(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Decodes text of the wire; text that is no escape sequence stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    return text;
  }
}

/** For the signature only, a path always ends with a slash. */
function canonicalPath(url: URL): string {
  const path = url.pathname.split("/").map(decode).map(encode).join("/");
  return path.endsWith("/") ? path : `${path}/`;
}

function canonicalQuery(url: URL): string {
  if (url.search.length <= 1) return "";
  const pairs = url.search
    .slice(1)
    .split("&")
    .map((pair) => {
      const mark = pair.includes("=") ? pair.indexOf("=") : pair.length;
      return { name: encode(decode(pair.slice(0, mark))), value: encode(decode(pair.slice(mark + 1))) };
    });
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join("&");
}

/** Compares code units, which are bytes of ASCII after encoding, in any locale. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalHeaders(request: SignableRequest): readonly (readonly [name: string, value: string])[] {
  return Object.entries(request.headers)
    .map(([name, value]) => [name.toLowerCase(), value.trim()] as const)
    .sort(([a], [b]) => compare(a, b));
}

/** The text whose hash is signed. Exported for the check against the published example. */
export function canonicalRequest(request: SignableRequest): string {
  const headers = canonicalHeaders(request);
  return [
    request.method.toUpperCase(),
    canonicalPath(request.url),
    canonicalQuery(request.url),
    headers.map(([name, value]) => `${name}:${value}\n`).join(""),
    headers.map(([name]) => name).join(";"),
    sha256(request.body ?? ""),
  ].join("\n");
}

/**
 * The value of the header `Authorization`.
 * @param date the value of `X-Sdk-Date`, which must be among the headers
 * @param scope makes the signature a scoped one
 */
export function authorization(
  request: SignableRequest,
  key: SigningKey,
  date: string,
  scope?: SigningScope,
): string {
  const hash = sha256(canonicalRequest(request));
  const names = canonicalHeaders(request).map(([name]) => name);
  const [identity, signature] = scope === undefined ? plain(key, date, hash) : scoped(key, date, hash, scope);
  return `${ALGORITHM} ${identity}, SignedHeaders=${names.join(";")}, Signature=${signature.toString("hex")}`;
}

function plain(key: SigningKey, date: string, hash: string): readonly [string, Buffer] {
  return [`Access=${key.accessKey}`, hmac(key.secretKey, [ALGORITHM, date, hash].join("\n"))];
}

function scoped(
  key: SigningKey,
  date: string,
  hash: string,
  { region, service }: SigningScope,
): readonly [string, Buffer] {
  const steps = [date.slice(0, DAY_LENGTH), region, service, TERMINATOR];
  const derived = steps.reduce<string | Buffer>((secret, step) => hmac(secret, step), `SDK${key.secretKey}`);
  const credential = steps.join("/");
  return [
    `Credential=${key.accessKey}/${credential}`,
    hmac(derived, [ALGORITHM, date, credential, hash].join("\n")),
  ];
}
