/** The front of the package that the contract is run over. */
import { DynamicProvider } from "./dynamic-provider";
import type { Provider } from "./provider";
import type { Props } from "./values";

type Environment = Readonly<Record<string, string>>;

/** Starts runs of an engine. */
export interface Front {
  /** A run that may share its process with others: it may be neither killed nor asked how it ended. */
  share(config: Props, env?: Environment): Promise<Provider>;
  /**
   * A run in a process of its own.
   *
   * @param config stack configuration; left out, the provider is never configured
   * @param engine address of the run, for another process of it; default: a new run
   */
  start(config?: Props, env?: Environment, engine?: string): Promise<Provider>;
}

let current: Front = DynamicProvider;

export const currentFront = (): Front => current;

/** @param front left out: that of dynamic resources */
export function useFront(front: Front = DynamicProvider): void {
  current = front;
}
