/**
 * Secrets as Pulumi's passphrase secrets provider writes them: AES-256-GCM with a key by PBKDF2. Source:
 * sdk/go/common/resource/config/crypt.go and pkg/secrets/passphrase of pulumi/pulumi.
 */
import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { decodeText } from "../../../provider/services/auth/files";
import { messageOf, VideoAnalysisError } from "../../../provider/common/errors";

const deriveKey = promisify(pbkdf2);

/** Rounds of PBKDF2-SHA256 (crypt.go). */
const ROUNDS = 1_000_000;

/** AES-256 takes a key of 32 bytes. */
const KEY_BYTES = 32;

/** Go's GCM appends an authentication tag of 16 bytes to the ciphertext. */
const TAG_BYTES = 16;

/** Pulumi encrypts it beside the salt, so that a wrong passphrase is noticed. */
const PROOF = "pulumi";

/** The plaintext of one ciphertext, or undefined where it cannot be opened. */
export type Decrypt = (ciphertext: string) => string | undefined;

/** Opens nothing: what is encrypted stays so. */
export const keepSealed: Decrypt = () => undefined;

/** `v1:<nonce>:<ciphertext and tag>`, both in base64. */
function decryptWith(key: Buffer, text: string): string | undefined {
  const [version, nonce, sealed] = text.split(":");
  if (version !== "v1" || nonce === undefined || sealed === undefined) return undefined;
  const bytes = Buffer.from(sealed, "base64");
  if (bytes.length < TAG_BYTES) return undefined;
  const split = bytes.length - TAG_BYTES;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
    decipher.setAuthTag(bytes.subarray(split));
    return Buffer.concat([decipher.update(bytes.subarray(0, split)), decipher.final()]).toString("utf8");
  } catch (error) {
    // Another key, or no ciphertext: the tag does not fit.
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
}

/**
 * @param salt as a state has it in `secrets_providers.state.salt`, and a stack's file in `encryptionsalt`
 * @param where the salt comes from, for messages
 * @throws `CONFIGURATION` where the passphrase is not the one, `INVALID_STATE` where the salt is none
 */
export async function openPassphrase(passphrase: string, salt: string, where: string): Promise<Decrypt> {
  const [version, encoded, ...proof] = salt.split(":");
  if (version !== "v1" || encoded === undefined || proof.length === 0) {
    throw new VideoAnalysisError(
      "INVALID_STATE",
      `the salt of the secrets in ${where} has an unknown form. Export the state anew with a current Pulumi CLI.`,
    );
  }
  const key = await deriveKey(passphrase, Buffer.from(encoded, "base64"), ROUNDS, KEY_BYTES, "sha256");
  if (decryptWith(key, proof.join(":")) !== PROOF) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `the passphrase does not open the secrets of ${where}. Correct PULUMI_CONFIG_PASSPHRASE ` +
        "(or PULUMI_CONFIG_PASSPHRASE_FILE), or unset it to compare only what is not encrypted.",
    );
  }
  return (ciphertext) => decryptWith(key, ciphertext);
}

/** The passphrase that the environment gives, an empty one included; a file's surrounding space does not count. */
export function passphraseIn(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { PULUMI_CONFIG_PASSPHRASE: given, PULUMI_CONFIG_PASSPHRASE_FILE: file = "" } = env;
  if (given !== undefined || file === "") return given;
  try {
    return decodeText(readFileSync(file)).trim();
  } catch (error) {
    throw new VideoAnalysisError(
      "CONFIGURATION",
      `the file of PULUMI_CONFIG_PASSPHRASE_FILE cannot be read: ${messageOf(error)}. Correct the path or unset it.`,
      { cause: error },
    );
  }
}
