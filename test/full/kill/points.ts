/** The moments at which runs are killed: drawn, or the one that `KILL_POINT` names. */
import type { Passage } from "../../scenarios/gate";
import { Random } from "../../support/random";
import { SEED } from "../../support/tier";

/** The victim dies at the `request`-th request, before or after its effect. */
export interface Point<Target> {
  readonly target: Target;
  readonly request: number;
  readonly moment: Passage["moment"];
}

/** Requests that a whole run surely makes: a look, a create and a show for each of five resources. */
const REQUESTS = 15;

/** @param count random points of an ordinary run; `KILL_COUNT` overrules it */
export function drawPoints<Target extends string>(
  targets: readonly Target[],
  count: number,
): readonly Point<Target>[] {
  const replay = process.env["KILL_POINT"]?.split(":");
  if (replay !== undefined) {
    const [target, request, moment] = replay;
    return [{ target, request: Number(request), moment } as Point<Target>];
  }
  const random = new Random(SEED);
  return Array.from({ length: Number(process.env["KILL_COUNT"] ?? count) }, () => ({
    target: random.pick(targets),
    request: 1 + random.below(REQUESTS),
    moment: random.pick(["before", "after"] as const),
  }));
}
