/** A bucket of tokens that retries draw from, so that many operations together do not hammer a dying service. */

/** Size of a full bucket, as in the retry strategies of the large clouds' SDKs: a hundred retries in a row. */
export const CAPACITY = 500;
export const RETRY_COST = 5;
/** A retry after a timeout costs more: the service has held resources for the lost attempt. */
export const TIMEOUT_COST = 10;
/** Tokens that a success at the first attempt puts back. */
export const SUCCESS_REFUND = 1;

export class RetryBudget {
  #tokens = CAPACITY;

  /** False, and nothing taken, where too little is left. */
  take(cost: number): boolean {
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /** @param lastCost what the request's last retry cost, where it needed any: its success gives that back */
  succeeded(lastCost = SUCCESS_REFUND): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + lastCost);
  }

  get left(): number {
    return this.#tokens;
  }
}
