/**
 * One provider process that serves many cells at once, each with a configuration of its own. The SDK keeps one
 * provider for each `__provider` text and configures it when it first meets the text. So every cell brings a text of
 * its own that makes a further provider: connections and tokens follow from its configuration, and what the process
 * remembers as a whole (ids, names) all share, as resources of one run do.
 */
import { DynamicProvider } from "../../contract/dynamic-provider";
import type { Provider } from "../../contract/provider";
import type { Kind } from "../../contract/kinds";
import type { Props } from "../../contract/values";

/** The text of a cell. */
export const textOf = ({ title }: Kind, cell: string): string =>
  `exports.handler=()=>{const {${title}}=require("pulumi-video-analysis/runtime");` +
  `return new ${title}.constructor("${title}")};//${cell}`;

export class SharedRun {
  /** The configuration of the process is that of the cell that comes in; one at a time. */
  #door: Promise<unknown> = Promise.resolve();

  private constructor(readonly provider: Provider) {}

  /** @param env variables that the process has beside the usual ones */
  static async start(env: Readonly<Record<string, string>> = {}): Promise<SharedRun> {
    return new SharedRun(await DynamicProvider.start(undefined, env));
  }

  /** Configures the provider of a text with the smallest call that loads it; the other calls of the cell find it. */
  enter(text: string, config: Props): Promise<void> {
    const entered = this.#door.then(async () => {
      await this.provider.configure(config);
      await this.provider.diff("", { __provider: text }, { __provider: text });
    });
    this.#door = entered.catch(() => undefined);
    return entered;
  }
}
