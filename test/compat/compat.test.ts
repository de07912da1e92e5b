import assert from "node:assert/strict";
import { CELLS } from "../../scripts/compat/cells";
import { RunError } from "../../scripts/compat/run";
import { runCells } from "../../scripts/compat/run-cells";
import type { Toolbox } from "../../scripts/compat/toolbox";

/** Longest for an installation and a program's life on a busy machine, in milliseconds. */
const TIMEOUT = 600_000;

describe("npm run compat", function () {
  this.timeout(TIMEOUT);

  it("has a cell for each package manager, Node and language, under names that differ", () => {
    const names = CELLS.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length);
    for (const word of ["npm", "workspaces", "pnpm", "yarn", "yarn1", "pnp", "node20", "node22", "node24"])
      assert.ok(
        names.some((name) => name.split(" ").includes(word)),
        word,
      );
    for (const word of ["sdk3.216", "sdk3.248", "sdknewest", "cjs", "esm", "ts", "refused"])
      assert.ok(
        names.some((name) => name.split(" ").includes(word)),
        word,
      );
  });

  it("counts what failed, with its log, and goes on", () => {
    const said: string[] = [];
    const cell = (name: string, run: (toolbox: Toolbox) => { status: "ok" | "skipped"; detail: string }) => ({
      name,
      run,
    });
    const totals = runCells(
      [
        cell("first", () => {
          throw new RunError("installer", "its log", "exit status 1");
        }),
        cell("second", () => ({ status: "skipped", detail: "a reason" })),
        cell("third", () => ({ status: "ok", detail: "" })),
      ],
      { keep: false, tell: (line) => said.push(line) },
    );
    assert.deepEqual(totals, { ok: 1, failed: 1, skipped: 1 });
    assert.ok(said.some((line) => line.includes("its log")));
    assert.ok(said.some((line) => line.includes("a reason")));
  });

  it("the packed package is installed by npm and lives from up to destroy", () => {
    const said: string[] = [];
    const major = process.versions.node.split(".", 1)[0] ?? "";
    const cells = CELLS.filter(({ name }) => name === `npm node${major} sdk3.248 cjs`);
    // Another Node than those of the cells runs the one of the lowest, which is fetched.
    const chosen = cells.length > 0 ? cells : CELLS.slice(0, 1);
    assert.deepEqual(
      runCells(chosen, { keep: false, tell: (line) => said.push(line) }),
      { ok: 1, failed: 0, skipped: 0 },
      said.join("\n"),
    );
  });
});
