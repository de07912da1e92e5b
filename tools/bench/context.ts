/** The context of every group of figures. */
import type { Engine } from "./engines/engine";
import type { Options } from "./options";
import type { Service } from "./service";

export interface Context {
  readonly options: Pick<Options, "groups" | "sizes" | "rounds">;
  readonly engine: Engine;
  readonly service: Service;
  /** Says what is being measured now. */
  readonly progress: (text: string) => void;
}

/** The largest of the sizes up to a limit, else the smallest. */
export function sizeUpTo({ options }: Context, limit: number): number {
  return options.sizes.filter((size) => size <= limit).at(-1) ?? options.sizes[0] ?? 1;
}
