// Instants in SQL: the grammar of src/model/instant.ts as a pattern, and the calendar as whole
// numbers, so that no database's own idea of a time takes part.

import { joined, sql, written } from "./fragment.ts";
import type { Fragment } from "./fragment.ts";
import type { Dialect, InstantText } from "./spelling.ts";

const DAY_OF_YEAR =
  "(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8])";
const LEAP_YEAR = "(19|20|21)(0[48]|[2468][048]|[13579][26])|2000";
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?";
const OFFSET = "(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?";

/** What `parseInstant` reads, as a pattern that all dialects with patterns understand alike. */
export const INSTANT_PATTERN = `^((19|20|21)[0-9][0-9]-(${DAY_OF_YEAR})|(${LEAP_YEAR})-02-29)[T ]${TIME}${OFFSET}$`;
/** Finds the digits behind the point. */
export const FRACTION_PATTERN = "[.]([0-9]+)";
/** Finds the offset. */
export const OFFSET_PATTERN = "[+-][0-9][0-9]:?[0-9][0-9]$";

const FIRST_MICROS = Date.UTC(1900, 0, 1) * 1000;
const END_MICROS = Date.UTC(2200, 0, 1) * 1000;

/** Microseconds of a text; NULL when `parseInstant` cannot read it. */
export function instantOfText(dialect: InstantText, text: Fragment): Fragment {
  const { isInstant, fraction, offset, digits, quotient } = dialect;
  const number = (from: number, length: number): Fragment =>
    digits(sql`substr(${text}, ${int(from)}, ${int(length)})`);
  const day = dayNumber(number(1, 4), number(6, 2), number(9, 2), quotient);
  const seconds = sql`${number(12, 2)} * 3600 + ${number(15, 2)} * 60 + ${number(18, 2)}`;
  const micros = digits(sql`substr(${fraction(text)} || '000000', 1, 6)`);
  const signed = sql`replace(${offset(text)}, ':', '') || '+0000'`;
  const east = sql`${digits(sql`substr(${signed}, 2, 2)`)} * 60 + ${digits(sql`substr(${signed}, 4, 2)`)}`;
  const minutes = sql`CASE WHEN substr(${signed}, 1, 1) = '-' THEN -(${east}) ELSE ${east} END`;
  return sql`CASE WHEN ${isInstant(text)} THEN ((${day}) * 86400 + ${seconds} - (${minutes}) * 60) * 1000000 + ${micros} ELSE NULL END`;
}

/** Microseconds of a time that the database keeps as one; NULL outside the years that count. */
export function instantInReach(micros: Fragment): Fragment {
  return sql`CASE WHEN ${micros} >= ${int(FIRST_MICROS)} AND ${micros} < ${int(END_MICROS)} THEN ${micros} ELSE NULL END`;
}

/** Days since 1970-01-01 of a date of the Gregorian calendar; years begin in March here. */
function dayNumber(
  year: Fragment,
  month: Fragment,
  day: Fragment,
  quotient: Dialect["quotient"],
): Fragment {
  const isEarly = sql`CASE WHEN ${month} < 3 THEN 1 ELSE 0 END`;
  const marchYear = sql`(${year} - ${isEarly})`;
  const fromMarch = sql`(${month} - 3 + 12 * ${isEarly})`;
  return joined(
    [
      sql`365 * ${marchYear}`,
      quotient(marchYear, int(4)),
      sql`${quotient(marchYear, int(400))} - ${quotient(marchYear, int(100))}`,
      quotient(sql`(153 * ${fromMarch} + 2)`, int(5)),
      sql`${day} - 719469`,
    ],
    " + ",
  );
}

function int(value: number): Fragment {
  return written(String(value));
}
