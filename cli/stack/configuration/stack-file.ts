/** `Pulumi.<stack>.yaml`: the configuration of a stack, with secrets encrypted. */
import { VideoAnalysisError } from "../../../provider/common/errors";
import { isObject, own } from "../../../provider/common/json";
import type { Decrypt } from "../deployment/passphrase";
import { readYaml } from "../../common/yaml";
import type { ConfigurationLayer } from "./layers";

export interface StackFile {
  /** Of the passphrase secrets provider; absent with any other, or without secrets. */
  readonly salt?: string;
  open(decrypt: Decrypt): ConfigurationLayer;
}

/** Top-level members (sdk/go/common/workspace/project.go of pulumi/pulumi). */
const MEMBERS = ["config", "encryptionsalt", "encryptedkey", "secretsprovider", "environment"];

/** The text that Pulumi gives a program for a value: a scalar as it was written, objects and lists as JSON. */
export function spell(typed: unknown, written: unknown): string {
  return typeof written === "string" && !isObject(typed) && !Array.isArray(typed)
    ? written
    : JSON.stringify(typed);
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
  const { typed, written } = await readYaml(text, file);
  const content = typed ?? {};
  if (!isObject(content)) throw noStackFile(file, "it is no object");
  const members = Object.keys(content);
  if (members.length > 0 && !members.some((member) => MEMBERS.includes(member))) {
    throw noStackFile(file, `it has none of ${MEMBERS.join(", ")}`);
  }
  const { encryptionsalt, config = null, environment } = content;
  if (config !== null && !isObject(config)) throw noStackFile(file, "its `config:` is no object");
  const entries = Object.entries(config ?? {});
  const texts = isObject(written) && isObject(written.config) ? written.config : {};
  const warnings =
    environment === undefined
      ? []
      : [
          `${file} imports an \`environment:\` of Pulumi ESC, which is not opened here: use --stack, or give its values by ` +
            "--config or the environment.",
        ];
  return {
    ...(typeof encryptionsalt === "string" ? { salt: encryptionsalt } : {}),
    open(decrypt) {
      const values: Record<string, string> = {};
      const sealed: string[] = [];
      for (const [key, value] of entries) {
        const plain = opened(value, decrypt);
        const isSecret = hasSecret(value);
        if (plain === undefined) sealed.push(fullKey(key));
        else if (plain !== null) {
          values[fullKey(key)] =
            isSecret && typeof plain === "string" ? plain : spell(plain, own(texts, key));
        }
      }
      const secrets = entries.filter(([, value]) => hasSecret(value)).map(([key]) => fullKey(key));
      return { values, sealed, secrets: secrets.filter((key) => !sealed.includes(key)), warnings };
    },
  };
}

function noStackFile(file: string, problem: string): VideoAnalysisError {
  return new VideoAnalysisError(
    "CONFIGURATION",
    `${file} is no configuration of a stack: ${problem}. Give a file such as Pulumi.dev.yaml, with keys such as ` +
      "video-analysis:region below `config:`.",
  );
}
