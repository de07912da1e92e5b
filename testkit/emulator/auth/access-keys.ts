/** Access keys and their owners. */
import type { AccessKeyDeclaration } from "../options";
import type { Principal } from "./tokens";

/** An access key that is registered, and who calls with it. */
export interface RegisteredKey {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Temporary keys only: the security token that every request has to carry. */
  readonly securityToken: string | undefined;
  readonly principal: Principal;
}

/** The access keys of all users, by their id. */
export class AccessKeyStore {
  readonly #keys = new Map<string, RegisteredKey>();

  register(declaration: AccessKeyDeclaration, principal: Principal): void {
    const { accessKey, secretKey, securityToken } = declaration;
    this.#keys.set(accessKey, { accessKey, secretKey, securityToken, principal });
  }

  find(accessKey: string): RegisteredKey | undefined {
    return this.#keys.get(accessKey);
  }

  clear(): void {
    this.#keys.clear();
  }
}
