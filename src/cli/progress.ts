// One line on standard error that says how far a long reading has come. It appears only
// where a line can be redrawn, and only when the work lasts longer than half a second.

import type { Progress } from "../index.ts";
import { canRedraw, widthOf } from "./terminal.ts";

/** Milliseconds before the line first appears, and between two drawings. */
const PATIENCE = 500;
const REDRAWN_EVERY = 100;

const BAR = 20;
const CLEAR = "\r\u001b[2K";

export interface ProgressLine {
  /** Takes note of how far the work has come and draws when it is time. */
  readonly report: (progress: Progress) => void;
  /** Removes the line. */
  readonly clear: () => void;
}

/**
 * A line of progress, or nothing but silence where none is wanted.
 *
 * @param doing what the line begins with
 */
export function progressLine(quiet: boolean, doing = "Reading"): ProgressLine {
  if (quiet || !canRedraw(process.stderr, process.env)) {
    return { report: () => undefined, clear: () => undefined };
  }
  const start = performance.now();
  let drawn = 0;
  return {
    report: (progress) => {
      const now = performance.now();
      if (now - start < PATIENCE || now - drawn < REDRAWN_EVERY) return;
      drawn = now;
      const width = widthOf(process.stderr, process.env) - 1;
      process.stderr.write(
        `${CLEAR}${`${doing} ${progressText(progress, (now - start) / 1000)}`.slice(0, width)}`,
      );
    },
    clear: () => {
      if (drawn > 0) process.stderr.write(CLEAR);
      drawn = 0;
    },
  };
}

/** The line's text: bar and share where the end is known, count, entries a second, time left. */
function progressText({ done, total, unit, entries }: Progress, seconds: number): string {
  const rate = done / seconds;
  const read = unit === "bytes" ? (entries ?? 0) : done;
  const counted = `${grouped(read)} entries, ${grouped(Math.round(read / seconds))}/s`;
  if (total === undefined || total === 0) return counted;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR);
  const bar = "#".repeat(filled) + ".".repeat(BAR - filled);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${bar}] ${percent}% ${counted}, ${timeLeft((total - done) / rate)} left`;
}

function timeLeft(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** Digits in groups of three, the same in every locale. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}
