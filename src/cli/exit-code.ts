// What the process ends with. Documented in the help of the program.

/** Exit codes by meaning; a signal ends the process as the shell expects (128 + its number). */
export const EXIT = {
  fine: 0,
  /** A report below the bar that was asked for, or a policy with findings of that weight. */
  below: 1,
  /** An unknown or contradictory option, or an output that cannot be written. */
  usage: 2,
  /** An input that is unreadable, damaged, of another kind, or invalid. */
  input: 3,
  /** Something that should prove genuine does not. */
  verification: 4,
  /** The terminal is gone (SIGHUP): 128 + 1. */
  hungUp: 129,
  /** Stopped by Ctrl-C (SIGINT): 128 + 2. */
  stopped: 130,
  /** Stopped by SIGTERM: 128 + 15. */
  terminated: 143,
  /** A mistake in this program (EX_SOFTWARE of sysexits.h). */
  defect: 70,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Tells which code the process ends with, once its work is done. */
export type Conclude = (code: ExitCode) => void;
