/** Runs files of the contract over the plugin. */
import { createRequire } from "node:module";
import { useFront } from "../contract/front";
import { pluginFront } from "./plugin-provider";

const load = createRequire(__filename);

/** @param files names of test files of the contract, which are loaded once more */
export function overPlugin(...files: readonly string[]): void {
  describe("over the plugin", () => {
    before(() => useFront(pluginFront));
    after(() => useFront());
    for (const file of files) {
      const module = load.resolve(`../contract/${file}.test`);
      Reflect.deleteProperty(load.cache, module);
      load(module);
    }
  });
}
