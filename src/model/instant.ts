// Points in time as whole microseconds. JavaScript's Date has milliseconds only, and a gap
// of 3600.000001 s is not one of 3600 s.

/**
 * Microseconds since 1970-01-01T00:00:00Z, a whole number. Exact in a double up to the
 * year 2255; the grammar below ends in 2199.
 */
export type Instant = number;

export const MICROSECONDS_PER_SECOND = 1_000_000;
const MICROSECONDS_PER_DAY = 86_400 * MICROSECONDS_PER_SECOND;

/** What a timestamp's text says: an instant, and whether it named an offset. */
export interface ParsedInstant {
  readonly instant: Instant;
  /** No offset was written; it was read as UTC. */
  readonly naive: boolean;
}

const DIGITS_OF_DATE = [0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18] as const;

let lastDayText = "";
let lastDay = Number.NaN;

/**
 * Reads `YYYY-MM-DD[T ]HH:MM:SS[.f{1,9}][Z|±HH[:]MM]`, years 1900 to 2199, real calendar
 * dates only, offsets up to 14:59, fraction cut to microseconds. This is the subset of
 * ISO 8601 / RFC 3339 that every supported database reads alike.
 *
 * @returns the instant in microseconds, or NaN when the text is none
 */
export function parseInstant(text: string): Instant {
  const length = text.length;
  if (length < 19) return Number.NaN;
  for (const index of DIGITS_OF_DATE) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return Number.NaN;
  }
  const separator = text.charCodeAt(10);
  if (
    text.charCodeAt(4) !== 45 ||
    text.charCodeAt(7) !== 45 ||
    (separator !== 84 && separator !== 32) ||
    text.charCodeAt(13) !== 58 ||
    text.charCodeAt(16) !== 58
  ) {
    return Number.NaN;
  }
  const dayText = text.slice(0, 10);
  if (dayText !== lastDayText) {
    lastDayText = dayText;
    lastDay = daysSinceEpoch(dayText);
  }
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;

  let index = 19;
  let fraction = 0;
  if (index < length && text.charCodeAt(index) === 46) {
    index += 1;
    let digits = 0;
    while (index < length) {
      const code = text.charCodeAt(index);
      if (code < 48 || code > 57) break;
      if (digits < 6) fraction = fraction * 10 + (code - 48);
      digits += 1;
      index += 1;
    }
    if (digits === 0 || digits > 9) return Number.NaN;
    for (; digits < 6; digits += 1) fraction *= 10;
  }
  const offset = parseOffset(text, index);
  return (
    lastDay * MICROSECONDS_PER_DAY +
    (hour * 3600 + minute * 60 + second - offset * 60) * MICROSECONDS_PER_SECOND +
    fraction
  );
}

/** Whether a text that {@link parseInstant} reads names no offset and was read as UTC. */
export function isNaive(text: string): boolean {
  const last = text.charCodeAt(text.length - 1);
  if (last === 90) return false;
  const sign = text.charCodeAt(text.length - 6);
  if (sign === 43 || (sign === 45 && text.length > 19)) return false;
  const compactSign = text.charCodeAt(text.length - 5);
  return !(text.length > 19 && (compactSign === 43 || compactSign === 45));
}

/** Minutes east of UTC from `index` to the end of the text; 0 for none, NaN when it is no offset. */
function parseOffset(text: string, index: number): number {
  const rest = text.length - index;
  if (rest === 0) return 0;
  const sign = text.charCodeAt(index);
  if (rest === 1) return sign === 90 ? 0 : Number.NaN;
  if (sign !== 43 && sign !== 45) return Number.NaN;
  const colon = rest === 6 && text.charCodeAt(index + 3) === 58;
  if (!colon && rest !== 5) return Number.NaN;
  const minuteAt = index + (colon ? 4 : 3);
  for (const at of [index + 1, index + 2, minuteAt, minuteAt + 1]) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return Number.NaN;
  }
  const hours = twoDigits(text, index + 1);
  const minutes = twoDigits(text, minuteAt);
  if (hours > 14 || minutes > 59) return Number.NaN;
  const total = hours * 60 + minutes;
  return sign === 45 ? -total : total;
}

function twoDigits(text: string, index: number): number {
  return (text.charCodeAt(index) - 48) * 10 + text.charCodeAt(index + 1) - 48;
}

function daysSinceEpoch(text: string): number {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (year < 1900 || year > 2199) return Number.NaN;
  const milliseconds = Date.UTC(year, month - 1, day);
  const date = new Date(milliseconds);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return Number.NaN;
  return milliseconds / 86_400_000;
}

/**
 * ISO 8601 text in UTC: `2026-01-01T00:00:13.351134+00:00`. As in the audit database, the
 * fraction has six digits and is absent when it is zero.
 */
export function formatInstant(instant: Instant): string {
  const fraction =
    ((instant % MICROSECONDS_PER_SECOND) + MICROSECONDS_PER_SECOND) % MICROSECONDS_PER_SECOND;
  const seconds = new Date((instant - fraction) / 1000).toISOString().slice(0, 19);
  return fraction === 0
    ? `${seconds}+00:00`
    : `${seconds}.${String(fraction).padStart(6, "0")}+00:00`;
}
