// Durations of ISO 8601 whose length is the same everywhere: days, hours, minutes, seconds.

import type { Path, YamlFile } from "./yaml-file.ts";

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
  const length = lengthOf(text);
  return length === 0 ? undefined : length;
}

/**
 * Microseconds of the duration at a path.
 *
 * @param zero whether no time at all is a duration too
 * @throws ComplianceError `invalid-catalog` when it is none
 */
export function durationAt(
  yaml: YamlFile,
  path: Path,
  text: string,
  zero: "zero" | "more" = "more",
): number {
  const length = lengthOf(text);
  if (length !== undefined && (length > 0 || zero === "zero")) return length;
  const expected = zero === "zero" ? "a duration" : "a duration longer than nothing";
  throw yaml.refuse(path, `expected ${expected}, got ${JSON.stringify(text)}`, {
    hint: "Write ISO 8601 in days, hours, minutes and seconds, such as P1D, PT1H or PT90S.",
  });
}

function lengthOf(text: string): number | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [, days, hours, minutes, seconds, fraction = ""] = match;
  const length =
    Number(days ?? 0) * DAY +
    Number(hours ?? 0) * HOUR +
    Number(minutes ?? 0) * MINUTE +
    Number(seconds ?? 0) * SECOND +
    Number(fraction.padEnd(6, "0"));
  return Number.isSafeInteger(length) ? length : undefined;
}
