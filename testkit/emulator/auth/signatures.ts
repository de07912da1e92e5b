/** Signatures of requests, computed by the documents of API signing. */
import { createHash, createHmac } from "node:crypto";
import { unescaped } from "../http/unescaped";
import type { Credentials } from "./authenticators";

/** The algorithm of both forms, and the first word of their header. */
const ALGORITHM = "SDK-HMAC-SHA256";
const END_OF_SCOPE = "sdk_request";

/** The contents of the header `Authorization` of a signed request. */
export interface SignedClaim {
  readonly accessKey: string;
  /** Day, region and service of a scoped signature; undefined in the plain form. */
  readonly scope: readonly [day: string, region: string, service: string] | undefined;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const PLAIN = /^Access=([^\s,/]+)$/;
const SCOPED = /^Credential=([^\s,/]+)\/(\d{8})\/([^\s,/]*)\/([^\s,/]*)\/sdk_request$/;

/** Reads the header; undefined where it is of another kind, "malformed" where it is one that cannot be read. */
export function parseClaim(header: string | undefined): SignedClaim | "malformed" | undefined {
  if (header?.startsWith(`${ALGORITHM} `) !== true) return undefined;
  const [identity = "", headers = "", signature = "", ...rest] = header
    .slice(ALGORITHM.length + 1)
    .split(",")
    .map((part) => part.trim());
  const names = /^SignedHeaders=([!-~]+)$/.exec(headers)?.[1];
  const hex = /^Signature=([0-9a-f]{64})$/.exec(signature)?.[1];
  const plain = PLAIN.exec(identity);
  const scoped = SCOPED.exec(identity);
  const accessKey = (plain ?? scoped)?.[1];
  if (accessKey === undefined || names === undefined || hex === undefined || rest.length > 0)
    return "malformed";
  const [, , day = "", region = "", service = ""] = scoped ?? [];
  return {
    accessKey,
    scope: scoped === null ? undefined : [day, region, service],
    signedHeaders: names.split(";"),
    signature: hex,
  };
}

/** Percent signs for all but letters, digits and `-_.~`. */
function escaped(text: string): string {
  return [...Buffer.from(text, "utf8")]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-_.~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

/** The text that has to be signed for a request as it arrived; undefined where a header to be signed is missing. */
export function canonicalText(request: Credentials, signedHeaders: readonly string[]): string | undefined {
  const segments = request.path.split("/").map((segment) => escaped(unescaped(segment)));
  const uri = segments.join("/");
  const query = [...request.query]
    .map(([name, value]) => [escaped(name), escaped(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? Number(x > y) - Number(x < y) : Number(a > b) - Number(a < b)))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const lines: string[] = [];
  for (const name of signedHeaders) {
    const value = request.headers[name];
    if (value === undefined) return undefined;
    lines.push(`${name}:${String(value).trim()}`);
  }
  const body = createHash("sha256").update(request.rawBody, "utf8").digest("hex");
  const whole = [
    request.method,
    uri.endsWith("/") ? uri : `${uri}/`,
    query,
    ...lines,
    "",
    signedHeaders.join(";"),
    body,
  ];
  return whole.join("\n");
}

const mac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The signature that this claim should carry. */
export function expectedSignature(
  claim: SignedClaim,
  secretKey: string,
  date: string,
  canonical: string,
): string {
  const hash = createHash("sha256").update(canonical, "utf8").digest("hex");
  if (claim.scope === undefined) {
    return mac(secretKey, `${ALGORITHM}\n${date}\n${hash}`).toString("hex");
  }
  const scope = [...claim.scope, END_OF_SCOPE];
  let key: string | Buffer = `SDK${secretKey}`;
  for (const step of scope) key = mac(key, step);
  return mac(key, `${ALGORITHM}\n${date}\n${scope.join("/")}\n${hash}`).toString("hex");
}
