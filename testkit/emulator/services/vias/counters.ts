/** Counts how an operation went for each sub-task; the answer is 200 whatever the counters say. */
import type { PartialFailure } from "../../faults/faults";
import { ApiError } from "../../http/errors";
import type { Answer } from "../../http/service";

const DEFAULT_MESSAGE = "The operation failed.";

export class Counters {
  readonly #failure: PartialFailure | undefined;
  readonly #errors: string[] = [];
  #total = 0;

  constructor(failure: PartialFailure | undefined) {
    this.#failure = failure;
  }

  /** Runs the part for one sub-task unless it is to fail; an error of the service counts as a failure. */
  attempt(videoSourceId: string, part: () => void): void {
    this.#total++;
    if (this.#isToFail(videoSourceId)) {
      this.#fail(videoSourceId, this.#failure?.message ?? DEFAULT_MESSAGE);
      return;
    }
    try {
      part();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.#fail(videoSourceId, error.message);
    }
  }

  get succeeded(): number {
    return this.#total - this.#errors.length;
  }

  /** BatchTaskResDto. */
  answer(id: string | undefined): Answer {
    return {
      status: 200,
      body: {
        total_count: this.#total,
        failed_count: this.#errors.length,
        succeed_count: this.succeeded,
        ...(id === undefined ? {} : { id }),
        error_list: this.#errors,
      },
    };
  }

  #isToFail(videoSourceId: string): boolean {
    if (this.#failure === undefined) return false;
    const { videoSourceIds, count } = this.#failure;
    if (videoSourceIds !== undefined && count === undefined) return videoSourceIds.includes(videoSourceId);
    const chosen = videoSourceIds?.includes(videoSourceId) ?? true;
    return chosen && this.#errors.length < (count ?? 1);
  }

  /** The form of an entry is not documented. */
  #fail(videoSourceId: string, message: string): void {
    this.#errors.push(`video source ${videoSourceId}: ${message}`);
  }
}
