/** A progress bar on a terminal. */

/** Cells of the bar. */
const WIDTH = 30;

/** Back to the beginning of the line, and clear it (ECMA-48 `EL`). */
const CLEAR_LINE = "\r\u001b[K";

/** `[##########--------------------] 12/36`. Total: a share outside 0 to 1 is taken for its nearest bound. */
export function progressBar(done: number, total: number): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 1;
  const filled = Math.round(share * WIDTH);
  return `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}] ${done}/${total}`;
}

export interface Progress {
  step(): void;
  /** Takes the bar away. */
  end(): void;
}

/** Shows the bar on a terminal only; in a file or a job's log it would be noise. */
export function startProgress(
  label: string,
  total: number,
  stream: Pick<NodeJS.WriteStream, "isTTY" | "write">,
): Progress {
  let done = 0;
  // Node leaves `isTTY` out where the stream is a file or a pipe, whatever its type says.
  const show = (text: string): void => {
    if (stream.isTTY) stream.write(text);
  };
  const draw = (): void => show(`${CLEAR_LINE}${label} ${progressBar(done, total)}`);
  draw();
  return {
    step: () => {
      done += 1;
      draw();
    },
    end: () => show(CLEAR_LINE),
  };
}
