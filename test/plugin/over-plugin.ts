/** Runs files of the contract over the plugin. */
import { createRequire } from "node:module";
import { useFront } from "../contract/front";
import { partOf } from "../contract/part";
import { pluginFront } from "./plugin-provider";

const load = createRequire(__filename);

/** @param files names of test files of the contract */
export function overPlugin(...files: readonly string[]): void {
  describe("over the plugin", () => {
    before(() => useFront(pluginFront));
    after(() => useFront());
    for (const file of files) partOf(() => load(`../contract/${file}.test`))();
  });
}
