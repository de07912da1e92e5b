/** Default names of resources on the provider plugin, which makes them of the URN. */
import * as pulumi from "@pulumi/pulumi";
import { defaultName } from "../../provider/fronts/plugin/default-names";

export class DefaultNames {
  readonly #seen = new Map<string, number>();

  /** Mocks hear nothing of parents: equally named resources under several are told apart by their order. */
  of({ type, name }: pulumi.runtime.MockResourceArgs, nameSeed: string | undefined): string | undefined {
    const urn = `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`;
    const count = (this.#seen.get(urn) ?? 0) + 1;
    this.#seen.set(urn, count);
    const seed = count === 1 ? nameSeed : `${nameSeed ?? ""}\n${count}`;
    return defaultName({ urn, nameSeed: seed, autonaming: undefined });
  }
}
