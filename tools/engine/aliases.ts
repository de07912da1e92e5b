/** Finds the recorded resource that a registration continues, under its URN or a former one. */
import { BailError } from "./errors";
import type { Alias, Goal } from "./goal";
import type { Recorder } from "./recorder";
import type { ResourceState } from "./resource-state";
import { createUrn, parseUrn, STACK_TYPE } from "./urn";

export class AliasResolver {
  readonly #stack: string;
  readonly #project: string;
  readonly #recorder: Recorder;

  /** Former URNs that were claimed, and by whom. */
  readonly #claimedBy = new Map<string, string>();
  /** The former URN of each resource that was found under one. */
  readonly #formerUrns = new Map<string, string>();

  constructor(stack: string, project: string, recorder: Recorder) {
    this.#stack = stack;
    this.#project = project;
    this.#recorder = recorder;
  }

  /** Whether a former URN now belongs to a resource of another URN. */
  isClaimed(urn: string): boolean {
    return this.#claimedBy.has(urn);
  }

  /** The resource's former state; reports conflicting claims and ends the operation over them. */
  find(
    urn: string,
    goal: Pick<Goal, "name" | "type" | "parent" | "aliases">,
    olds: ReadonlyMap<string, ResourceState>,
    seen: ReadonlySet<string>,
  ): ResourceState | undefined {
    this.#refuseIf(this.#claimedBy.get(urn), urn, urn);
    for (const candidate of [urn, ...this.#formerUrnsOf(goal)]) {
      const old = olds.get(candidate);
      if (old === undefined) continue;
      if (candidate === urn) return old;
      this.#refuseIf(seen.has(candidate) ? candidate : this.#claimedBy.get(candidate), candidate, urn);
      this.#claimedBy.set(candidate, urn);
      this.#formerUrns.set(urn, candidate);
      return old;
    }
    return undefined;
  }

  #refuseIf(other: string | undefined, alias: string, urn: string): void {
    if (other === undefined) return;
    const message = `Duplicate resource alias '${alias}' applied to resource with URN '${urn}' conflicting with resource with URN '${other}'`;
    this.#recorder.error(message, urn);
    throw new BailError(message);
  }

  #formerUrnsOf(goal: Pick<Goal, "name" | "type" | "parent" | "aliases">): string[] {
    const own = goal.aliases.map((alias) => this.#collapse(goal, alias));
    const parentAlias = goal.parent === "" ? undefined : this.#formerUrns.get(goal.parent);
    if (parentAlias === undefined) return own;
    const parentName = parseUrn(goal.parent).name;
    const inherited = [
      this.#inherited(goal.type, goal.name, parentName, parentAlias),
      ...own.map((alias) => {
        const { type, name } = parseUrn(alias);
        return this.#inherited(type, name, parentName, parentAlias);
      }),
    ];
    return [...new Set([...own, ...inherited])];
  }

  #collapse(goal: Pick<Goal, "name" | "type" | "parent">, alias: Alias): string {
    if (alias.urn !== undefined) return alias.urn;
    let parent =
      alias.parent === undefined ? goal.parent : (this.#formerUrns.get(alias.parent) ?? alias.parent);
    if (alias.noParent === true || (parent !== "" && parseUrn(parent).qualifiedType === STACK_TYPE))
      parent = "";
    const { stack = this.#stack, project = this.#project, type = goal.type, name = goal.name } = alias;
    return createUrn(stack, project, type, name, parent);
  }

  /** A child that carries its parent's name as a prefix had the parent's old name there before. */
  #inherited(type: string, name: string, parentName: string, parentAlias: string): string {
    const formerName = name.startsWith(parentName)
      ? parseUrn(parentAlias).name + name.slice(parentName.length)
      : name;
    return createUrn(this.#stack, this.#project, type, formerName, parentAlias);
  }
}
