/**
 * How long those who need a list wait for others who need the same one. Each further one saves a call, and the wait costs
 * time. Some come at the same time, as their calls end together; others one after the other, as an engine begins them that
 * writes its whole state at every step. How many are still on their way is not known: only a longer wait shows it.
 */
import type { Clock } from "../../common/clock";
import type { Deadline } from "../../common/deadline";

/** Largest time between two who come at the same time, in milliseconds. */
const QUIET_MS = 10;

/** Longest wait for those, and for the writes that were under way when the first one came, in milliseconds. */
const LONGEST_QUIET_MS = 500;

/** Those who come one after the other come within so many milliseconds. */
const LONGEST_GAP_MS = 1000;

/** Longest wait for the next one of those, and for all of them, in milliseconds. */
const LONGEST_PATIENCE_MS = 1500;
const LONGEST_GATHERING_MS = 3000;

/** The wait for one more, and, for each that ever took part, that for those who are late, in usual times between two. */
const MORE = 3;
const PER_ONE = 1.5;

/** Weight of the last value in an average. */
const LAST = 1 / 8;

/** Calls of an operation between its start and its return to the engine: its write, and the list. */
const CALLS = 2;

/** Gatherings until one again waits for all who take part: after their number has changed, and otherwise. */
const PROBE_SOON = 8;
const PROBE = 32;

/** After so many who came alone, each soon after the other, one waits for a second; then after ever more. */
const ALONE = 8;
const RARER = 4;

export class Gathering {
  readonly #clock: Clock;
  #current: Promise<void> | undefined;
  /** Writes under way, and when they began. */
  readonly #writing = new Map<number, number>();
  #writes = 0;
  #arrivals = 0;
  #arrivedAt = -Infinity;
  /** Usual time between two arrivals, and usual duration of a write, in milliseconds. */
  #gap: number | undefined;
  #took: number | undefined;
  /** How many take part, and most that ever did, as far as is known: these come before one of them comes again. */
  #full = 1;
  #most = 1;
  /** How many are waited for. */
  #goal = 1;
  #untilProbe = 0;
  #alone = 0;
  #nextAlone = ALONE;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isWriting(): boolean {
    return this.#writing.size > 0;
  }

  /** Writes that ever began, and those that ever ended. */
  get writes(): number {
    return 2 * this.#writes - this.#writing.size;
  }

  beginWrite(): number {
    this.#writes += 1;
    this.#writing.set(this.#writes, this.#clock.now());
    return this.#writes;
  }

  endWrite(write: number): void {
    const now = this.#clock.now();
    const took = now - (this.#writing.get(write) ?? now);
    this.#writing.delete(write);
    // A longer one may have been sent more than once.
    this.#took = averageOf(this.#took, Math.min(took, LONGEST_GAP_MS));
  }

  /**
   * Ends at the same time for all who joined.
   *
   * @param cost calls of the list: what it takes more than those who can come is not worth waiting for
   */
  join(deadline: Deadline, cost = 1): Promise<void> {
    const now = this.#clock.now();
    const gap = now - this.#arrivedAt;
    if (gap > LONGEST_GAP_MS) this.#alone = 0;
    // Who is the first after others have gone on was held up by their wait, too.
    else if (this.#current !== undefined || this.#alone > 0) this.#gap = averageOf(this.#gap, gap);
    this.#arrivedAt = now;
    this.#arrivals += 1;
    this.#current ??= this.#gather(deadline, cost).finally(() => (this.#current = undefined));
    return this.#current;
  }

  async #gather(deadline: Deadline, cost: number): Promise<void> {
    const [start, others] = [this.#clock.now(), this.#arrivals - 1];
    // Between the pages of a list nothing may be written, or else it proves no absence.
    const last = cost === 1 ? this.#writes : Infinity;
    const goal = this.#goal > cost ? this.#goal : 1;
    const came = (): number => this.#arrivals - others;
    let goesOn = true;
    while (goesOn && !deadline.expired) {
      const [before, known] = [this.#clock.now(), this.#arrivals];
      await deadline.sleep(QUIET_MS);
      const now = this.#clock.now();
      // After a timer that was late, in a busy process, others may be about to come.
      const isBusy = this.#arrivals > known || now - before > 2 * QUIET_MS || this.#isUnderWay(last);
      const isPatient =
        came() < goal &&
        now - start < LONGEST_GATHERING_MS &&
        now - this.#arrivedAt < this.#patienceAfter(came());
      goesOn = (isBusy && now - start < LONGEST_QUIET_MS) || isPatient;
    }
    this.#learn(came(), came() < goal);
  }

  /** In milliseconds: more than all others need to come back, as long as some of them have not come. */
  #patienceAfter(came: number): number {
    const gaps = came < this.#full ? Math.max(MORE, PER_ONE * this.#most) : MORE;
    return Math.min(gaps * (this.#gap ?? 0), LONGEST_PATIENCE_MS);
  }

  /** Whether a write is under way that began no later than the given one. */
  #isUnderWay(last: number): boolean {
    for (const write of this.#writing.keys()) return write <= last;
    return false;
  }

  #learn(came: number, isGivenUp: boolean): void {
    if (isGivenUp || came > this.#full) {
      // While these are away, the others keep the engine busy.
      const away = (CALLS * (this.#took ?? 0)) / Math.max(1, this.#gap ?? 0);
      this.#goal = Math.max(1, Math.round(came - 1 - away));
      if (came > 1) this.#untilProbe = came !== this.#full ? PROBE_SOON : PROBE;
      this.#full = came;
      this.#most = Math.max(this.#most, came);
    }
    this.#untilProbe -= 1;
    if (came > 1) {
      [this.#alone, this.#nextAlone] = [0, ALONE];
      if (this.#untilProbe <= 0) this.#goal = Infinity;
      return;
    }
    this.#alone += 1;
    if (this.#alone < this.#nextAlone) return;
    this.#nextAlone *= RARER;
    this.#goal = Infinity;
  }
}

const averageOf = (average: number | undefined, value: number): number =>
  average === undefined ? value : average + LAST * (value - average);
