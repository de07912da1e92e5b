/** Messages of operations to the user. */
export interface Log {
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  /** The progress of an operation on a resource, in place of what it said before where that is possible. */
  readonly status: (resource: string, message: string) => void;
}

const nothing = (): void => undefined;

export const silent: Log = { info: nothing, warn: nothing, status: nothing };
