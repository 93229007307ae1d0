// Timestamps that say what they mean but are not written as ISO 8601 / RFC 3339 has it.

import { parseInstant } from "../../../model/instant.ts";
import { trimAscii } from "../../text.ts";

const LONGEST = 100;
const FRACTION_DIGITS = 9;

const WRITTEN =
  /^(\d{4}-\d\d-\d\d)(?:[Tt]| {1,2})(\d\d:\d\d:\d\d)(?:[.,](\d+))? ?(?:([+-])(\d\d)(?::?(\d\d))?)?( ?[Zz]| ?[Uu][Tt][Cc])?$/;

/**
 * The time without its faults: blanks around it, lower-case `t` and `z`, a comma before the
 * fraction, more than nine digits in it, `UTC` for `Z`, an offset of hours only, and a `Z` or
 * `UTC` behind an offset of zero. Behind any other offset they contradict it.
 *
 * @returns undefined when it is no readable time even then
 */
export function mend(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const [whole, day, time, fraction, sign, hours, minutes = "00", zone] =
    WRITTEN.exec(trimAscii(text)) ?? [];
  if (whole === undefined) return undefined;
  const offset = hours === undefined ? undefined : `${sign}${hours}:${minutes}`;
  if (offset !== undefined && zone !== undefined && !offset.endsWith("00:00")) return undefined;
  const cut = fraction === undefined ? "" : `.${fraction.slice(0, FRACTION_DIGITS)}`;
  const mended = `${day}T${time}${cut}${offset ?? (zone === undefined ? "" : "Z")}`;
  return Number.isNaN(parseInstant(mended)) ? undefined : mended;
}
