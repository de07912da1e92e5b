/** Properties of a resource as a state stores them: plain JSON, with secrets in envelopes. */
import { isObject, type Path } from "../../../provider/common/json";
// In its states the engine marks secrets as on its wire.
import { SECRET, SIGNATURE } from "../../../provider/fronts/engine/values";
import type { Decrypt } from "./passphrase";

export interface OpenedProperties {
  /** Without what could not be opened. */
  readonly value: Record<string, unknown>;
  /** Paths that the state marks as secret, opened or not. */
  readonly secrets: readonly Path[];
  /** Paths of values that could not be opened. */
  readonly sealed: readonly Path[];
}

interface Found {
  readonly secrets: Path[];
  readonly sealed: Path[];
}

/** Takes secrets out of their envelopes. Total: what is no envelope passes as it is. */
export function openProperties(properties: unknown, decrypt: Decrypt): OpenedProperties {
  const found: Found = { secrets: [], sealed: [] };
  const value = open(properties, [], found, decrypt);
  return { value: isObject(value) ? value : {}, ...found };
}

function open(value: unknown, path: Path, found: Found, decrypt: Decrypt): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => open(item, [...path, index], found, decrypt) ?? null);
  }
  if (!isObject(value)) return value;
  if (value[SIGNATURE] === SECRET) {
    found.secrets.push(path);
    const content = contentOf(value, decrypt);
    if (content === undefined) {
      found.sealed.push(path);
      return undefined;
    }
    // Inside of a secret the engine writes other secrets in plain text.
    return open(content.json, path, found, (text) => text);
  }
  const entries = Object.entries(value)
    .map(([key, item]) => [key, open(item, [...path, key], found, decrypt)] as const)
    .filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries);
}

/** `plaintext` is there in exports with `--show-secrets`; both hold JSON. */
function contentOf(
  { plaintext, ciphertext }: Readonly<Record<string, unknown>>,
  decrypt: Decrypt,
): { readonly json: unknown } | undefined {
  const text =
    typeof plaintext === "string"
      ? plaintext
      : typeof ciphertext === "string"
        ? decrypt(ciphertext)
        : undefined;
  if (text === undefined) return undefined;
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
