/** `Pulumi.<stack>.yaml`: the configuration of a stack, with secrets encrypted. */
import { isObject } from "../../provider/common/json";
import { messageOf, VideoAnalysisError } from "../../provider/common/errors";
import type { Decrypt } from "./passphrase";

/** Configuration texts by their full keys (`video-analysis:region`). */
export interface StackConfiguration {
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose values could not be opened. */
  readonly sealed: readonly string[];
  /** Keys whose values are secrets, opened. */
  readonly secrets: readonly string[];
  /** Only a state file says it. */
  readonly ofState?: true;
}

export interface StackFile {
  /** Of the passphrase secrets provider; absent with any other, or without secrets. */
  readonly salt?: string;
  open(decrypt: Decrypt): StackConfiguration;
}

/** The text that Pulumi gives a program for a value: objects and lists as JSON. */
function spell(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Secrets are `{ secure: <ciphertext> }`, also inside of objects. Undefined where one cannot be opened. */
function opened(value: unknown, decrypt: Decrypt): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => opened(item, decrypt));
    return items.includes(undefined) ? undefined : items;
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && typeof value.secure === "string") return decrypt(value.secure);
  const items = entries.map(([key, item]) => [key, opened(item, decrypt)] as const);
  return items.some(([, item]) => item === undefined) ? undefined : Object.fromEntries(items);
}

function hasSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasSecret);
  return isObject(value) && (typeof value.secure === "string" || Object.values(value).some(hasSecret));
}

/** Pulumi also accepts the older spelling `namespace:config:key`. */
const fullKey = (key: string): string => key.replace(/^([^:]+):config:/, "$1:");

/** @throws `CONFIGURATION` where the text is no stack file */
export async function parseStackFile(text: string, file: string): Promise<StackFile> {
  const { parse } = await import("yaml");
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `${file} is no YAML: ${messageOf(error)} Correct it, or give another --config-file.`,
      { cause: error },
    );
  }
  const { encryptionsalt, config } = isObject(content) ? content : {};
  const entries = isObject(config) ? Object.entries(config) : [];
  return {
    ...(typeof encryptionsalt === "string" ? { salt: encryptionsalt } : {}),
    open(decrypt) {
      const values: Record<string, string> = {};
      const sealed: string[] = [];
      for (const [key, value] of entries) {
        const plain = opened(value, decrypt);
        if (plain === undefined) sealed.push(fullKey(key));
        else if (plain !== null) values[fullKey(key)] = spell(plain);
      }
      const secrets = entries.filter(([, value]) => hasSecret(value)).map(([key]) => fullKey(key));
      return { values, sealed, secrets: secrets.filter((key) => !sealed.includes(key)) };
    },
  };
}
