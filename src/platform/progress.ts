// Progress of long commands on standard error: a line that rewrites itself on a terminal, JSON lines elsewhere.

const TERMINAL_MS = 200;
const LINES_MS = 5_000;

export type Progress = {
  /** `total` may be unknown; the unit is that of the task's title. */
  update: (done: number, total?: number) => void;
  /** Ends the line. */
  finish: () => void;
};

type Stream = Pick<NodeJS.WriteStream, "write"> & { isTTY?: boolean };

/** Shows how much of `task` is done, its rate, and the time that is left where the total is known. */
export function createProgress(task: string, unit: string, stream: Stream = process.stderr): Progress {
  const startedMs = performance.now();
  const terminal = stream.isTTY === true;
  let shownMs = startedMs;
  let latest: { done: number; total: number | undefined } | null = null;

  function show(): void {
    if (!latest) return;
    const { done, total } = latest;
    const seconds = (performance.now() - startedMs) / 1000;
    const rate = seconds > 0 ? Math.round(done / seconds) : 0;
    const left = total !== undefined && rate > 0 ? Math.max(0, Math.round((total - done) / rate)) : null;
    if (!terminal) {
      stream.write(`${JSON.stringify({ task, unit, done, total, rate, secondsLeft: left })}\n`);
      return;
    }
    const share = total ? ` ${Math.floor((100 * done) / total)} %` : "";
    const remaining = left === null ? "" : `, ${left} s left`;
    stream.write(
      `\r\x1b[K${task}: ${done.toLocaleString("en")} ${unit}${share}, ${rate.toLocaleString("en")}/s${remaining}`,
    );
  }

  return {
    update(done, total) {
      latest = { done, total };
      const now = performance.now();
      if (now - shownMs < (terminal ? TERMINAL_MS : LINES_MS)) return;
      shownMs = now;
      show();
    },
    finish() {
      if (!terminal || !latest) return;
      show();
      stream.write("\n");
    },
  };
}
