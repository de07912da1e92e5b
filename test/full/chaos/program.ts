/** A program of a few resources that changes at random, and what the engine keeps of it. */
import type { Emulator } from "../../../testkit/emulator";
import { defaultNamed, without } from "../../contract/harness";
import type { Provider } from "../../contract/provider";
import { numbered } from "../../contract/kinds/kind";
import type { Props } from "../../contract/values";
import { isEdge, type Subject, SUBJECTS } from "../../fault/matrix/subjects";
import { type Outcome, Resource } from "../../fault/resource";
import type { Random } from "../../support/random";

/** A lasting fault takes all of it, which the fast clock makes a second or two. */
const TIMEOUTS = { create: "2m", read: "1m", update: "1m", delete: "1m" };

export class Member {
  readonly resource = new Resource();
  args: Props;
  /** Its last step succeeded, so that the program may be edited; before that the next run has the same inputs. */
  settled = false;
  /** Taken out of the program; until it is deleted the state keeps it. */
  leaving = false;

  constructor(
    readonly subject: Subject,
    readonly name: string,
    random: Random,
  ) {
    const given = subject.kind.program(name, {
      timeouts: TIMEOUTS,
      ...(random.percent(30) ? { description: "first" } : {}),
      ...(random.percent(30) && !isEdge(subject)
        ? { desiredState: random.pick(["running", "stopped"]) }
        : {}),
      ...(random.percent(30) ? { waitFor: "accepted" } : {}),
      ...(random.percent(30) ? subject.kind.sources(2) : {}),
    });
    this.args = random.percent(50) ? given : defaultNamed(given);
  }

  /** A random edit. What was adopted is the resource's own by now. */
  edit(random: Random): void {
    const args = without(this.args, "adopt");
    const edits: readonly (() => Props)[] = [
      () => ({ description: `edit ${random.below(1000)}` }),
      () => ({ triggers: numbered(1 + random.below(3), () => random.below(1000)) }),
      () => (isEdge(this.subject) ? {} : { desiredState: random.pick(["running", "stopped"]) }),
      () => this.subject.kind.sources(1 + random.below(3)),
    ];
    this.args = { ...args, ...random.pick(edits)() };
  }

  /** Ids of what the service has of it. */
  made(emulator: Emulator): string[] {
    return this.subject.kind.made(emulator, this.name);
  }

  /** One step of a run; where the user is asked which task it is, the next run has the answer. */
  step(run: Provider, random: Random): Promise<Outcome> {
    const refreshes = this.resource.state !== undefined && random.percent(20);
    return refreshes ? this.resource.refresh(run) : this.advance(run);
  }

  /** Effect of an `up`: brings it about, or away. */
  advance(run: Provider): Promise<Outcome> {
    return this.leaving ? this.resource.destroy(run) : this.#up(run);
  }

  async #up(run: Provider): Promise<Outcome> {
    const outcome = await this.resource.up(run, this.args);
    this.settled = outcome.error === undefined;
    const [, adopt] = /adopt: "([^"]+)"/.exec(outcome.error?.message ?? "") ?? [];
    if (adopt !== undefined) this.args = { ...this.args, adopt };
    return outcome;
  }
}

let count = 0;

/** A new resource of any type. */
export function newMember(random: Random): Member {
  count += 1;
  return new Member(random.pick(SUBJECTS), `chaos-${count}`, random);
}
