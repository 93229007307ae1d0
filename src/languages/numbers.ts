// How numbers, shares, spans and times read in a language. The machine's locale is never asked.

/** Numbers of one language. */
export interface Numbers {
  /** With its thousands set apart: `1,204`, `1.204`. */
  readonly count: (value: number) => string;
  /** A number that may have a fraction, as short as it is exact: `0.57`, `0,57`. */
  readonly decimal: (value: number) => string;
  /** As `percentOf` of the model: never looks like a limit that it only comes close to. */
  readonly share: (part: number, whole: number, limits?: readonly number[]) => string;
  /** `a, b and c`. */
  readonly list: (names: readonly string[]) => string;
  /** A span in microseconds in its two largest units, cut: `1 day 3 hours`. */
  readonly span: (microseconds: number) => string;
  /** A span in microseconds, exact: `2 d 3 h 4 min 5.25 s`. */
  readonly exactSpan: (microseconds: number) => string;
  /** The day (UTC) of an ISO 8601 time: `2026-03-02`, `02.03.2026`. Text that is no time stays as it is. */
  readonly day: (instant: string) => string;
  /** An ISO 8601 time of the report itself, in UTC: `2026-03-02 00:07:57 UTC`. Times of the log are shown as they stand. */
  readonly time: (instant: string) => string;
}
