/** Encrypts and decrypts as Pulumi's passphrase secrets provider does. */
import { createCipheriv, createDecipheriv, createHash, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { EngineError } from "./errors";

const deriveKey = promisify(pbkdf2);

/** Rounds of PBKDF2-SHA256 of Pulumi's passphrase secrets provider (sdk/go/common/resource/config/crypt.go). */
const PBKDF2_ROUNDS = 1_000_000;

/** AES-256 takes a key of 32 bytes. */
const KEY_BYTES = 32;

/** GCM's recommended nonce, which Pulumi uses. */
const NONCE_BYTES = 12;

/** Go appends the authentication tag of 16 bytes to the ciphertext. */
const TAG_BYTES = 16;

/** The length of the salt that Pulumi draws for a new stack. */
const SALT_BYTES = 8;

/** The text that Pulumi encrypts beside the salt to recognise a wrong passphrase. */
const PROOF = "pulumi";

export class PassphraseSecrets {
  readonly #key: Buffer;

  private constructor(
    /** The value of `secrets_providers.state.salt` in the state file. */
    readonly salt: string,
    key: Buffer,
  ) {
    this.#key = key;
  }

  static readonly #byPassphrase = new Map<string, Promise<PassphraseSecrets>>();
  static readonly #keys = new Map<string, Promise<Buffer>>();

  /**
   * Secrets for a new stack. Deriving a key takes most of a second, so one process draws one salt a passphrase:
   * stacks that it creates share it.
   */
  static create(passphrase: string): Promise<PassphraseSecrets> {
    const known = PassphraseSecrets.#byPassphrase.get(passphrase);
    if (known !== undefined) return known;
    const created = (async () => {
      const salt = randomBytes(SALT_BYTES);
      const key = await PassphraseSecrets.#keyFor(passphrase, salt);
      const proof = new PassphraseSecrets("", key).encrypt(PROOF);
      return new PassphraseSecrets(`v1:${salt.toString("base64")}:${proof}`, key);
    })();
    PassphraseSecrets.#byPassphrase.set(passphrase, created);
    return created;
  }

  /** Secrets of an existing state; throws `PASSPHRASE_WRONG` when the passphrase does not open it. */
  static async open(passphrase: string, salt: string): Promise<PassphraseSecrets> {
    const [version, encoded, ...proof] = salt.split(":");
    if (version !== "v1" || encoded === undefined || proof.length !== 3) {
      throw new EngineError("STATE_INVALID", "the state's secrets provider has a salt of an unknown form");
    }
    const key = await PassphraseSecrets.#keyFor(passphrase, Buffer.from(encoded, "base64"));
    const secrets = new PassphraseSecrets(salt, key);
    if (secrets.#tryDecrypt(proof.join(":")) !== PROOF) {
      throw new EngineError(
        "PASSPHRASE_WRONG",
        "the passphrase does not open this state: pass the right one",
      );
    }
    return secrets;
  }

  static #keyFor(passphrase: string, salt: Buffer): Promise<Buffer> {
    const index = createHash("sha256").update(passphrase).update("\0").update(salt).digest("hex");
    const known = PassphraseSecrets.#keys.get(index);
    if (known !== undefined) return known;
    const derived = deriveKey(passphrase, salt, PBKDF2_ROUNDS, KEY_BYTES, "sha256");
    PassphraseSecrets.#keys.set(index, derived);
    return derived;
  }

  /** Returns `v1:<nonce>:<ciphertext and tag>`, both in base64. */
  encrypt(plaintext: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, nonce);
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return `v1:${nonce.toString("base64")}:${sealed.toString("base64")}`;
  }

  decrypt(ciphertext: string): string {
    const plaintext = this.#tryDecrypt(ciphertext);
    if (plaintext === undefined) {
      throw new EngineError("STATE_INVALID", "a secret of the state cannot be decrypted with its own key");
    }
    return plaintext;
  }

  #tryDecrypt(ciphertext: string): string | undefined {
    const [version, nonce, sealed] = ciphertext.split(":");
    if (version !== "v1" || nonce === undefined || sealed === undefined) return undefined;
    const bytes = Buffer.from(sealed, "base64");
    try {
      const decipher = createDecipheriv("aes-256-gcm", this.#key, Buffer.from(nonce, "base64"));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      const opened = [decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES)), decipher.final()];
      return Buffer.concat(opened).toString("utf8");
    } catch {
      return undefined;
    }
  }
}
