// Durations of ISO 8601 whose length is the same everywhere: days, hours, minutes, seconds.

const DURATION =
  /^P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,6}))?S)?)?$/;

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * Microseconds of a duration such as `PT1H`, `P1D` or `PT0.5S`; undefined when the text is
 * none, names months or years, or is not longer than nothing.
 */
export function parseDuration(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [, days, hours, minutes, seconds, fraction = ""] = match;
  const length =
    Number(days ?? 0) * DAY +
    Number(hours ?? 0) * HOUR +
    Number(minutes ?? 0) * MINUTE +
    Number(seconds ?? 0) * SECOND +
    Number(fraction.padEnd(6, "0"));
  return length > 0 && Number.isSafeInteger(length) ? length : undefined;
}
