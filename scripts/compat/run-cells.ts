/** Runs cells one after the other, each to a line of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Cell } from "./cells";
import { Toolbox } from "./toolbox";

export interface RunCellsOptions {
  /** Leaves the projects. */
  readonly keep: boolean;
  readonly tell: (line: string) => void;
}

export interface Totals {
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
}

const MS_PER_SECOND = 1000;

export function runCells(cells: readonly Cell[], { keep, tell }: RunCellsOptions): Totals {
  const scratch = mkdtempSync(path.join(tmpdir(), "video-analysis-compat-"));
  const toolbox = new Toolbox(scratch);
  const totals = { ok: 0, failed: 0, skipped: 0 };
  const width = Math.max(...cells.map(({ name }) => name.length));
  try {
    for (const cell of cells) {
      const start = performance.now();
      const line = (status: string, detail: string): void => {
        const seconds = Math.round((performance.now() - start) / MS_PER_SECOND);
        tell(
          `${cell.name.padEnd(width)}  ${status.padEnd("skipped".length)}  ${`${seconds} s`.padStart("999 s".length)}  ${detail}`,
        );
      };
      try {
        const { status, detail } = cell.run(toolbox);
        totals[status] += 1;
        line(status, detail);
      } catch (error) {
        totals.failed += 1;
        line("failed", "");
        tell(error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    if (keep) tell(`kept: ${scratch}`);
    else rmSync(scratch, { recursive: true, force: true });
  }
  tell(`\n${totals.ok} ok, ${totals.failed} failed, ${totals.skipped} skipped`);
  return totals;
}
