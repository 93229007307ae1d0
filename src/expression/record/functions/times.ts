// Times that are no readable timestamp yet: counted from 1970, or written with known faults.

import { formatInstant, parseInstant } from "../../../model/instant.ts";
import { emptyOf } from "../values.ts";
import type { RecordFunction } from "./function.ts";
import { mend } from "./mend.ts";

/** Decimal places of a unit in microseconds. */
const PLACES = new Map([
  ["s", 6],
  ["ms", 3],
  ["us", 0],
  ["ns", -3],
]);

/** Functions of time, by name. */
export const TIME_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  epoch: {
    form: "function",
    takes: [2, 2],
    written: 'epoch(x, "s")',
    words: { argument: 1, among: [...PLACES.keys()] },
    apply: (_effort, value, unit) => {
      const digits = typeof value === "number" ? plainDigits(value) : value;
      const places = PLACES.get(String(unit));
      if (typeof digits !== "string" || places === undefined) return emptyOf(value);
      return timeOf(digits, places);
    },
  },
  mended: {
    form: "function",
    takes: [1, 1],
    written: "mended(text)",
    apply: (context, value) => {
      // What is no text stays as it is: the reader of the time refuses it, not the mapping.
      if (typeof value !== "string" || !Number.isNaN(parseInstant(value))) return value;
      const text = mend(value);
      if (text === undefined) return value;
      context.onMended();
      return text;
    },
  },
};

const DECIMAL = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/;

/** Digits without an exponent. */
function plainDigits(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 1e-6 ? String(value) : "0";
}

const EARLIEST = parseInstant("1900-01-01T00:00:00Z");
const LATEST = parseInstant("2199-12-31T23:59:59.999999Z");

/** Parts below a microsecond are cut off, as from a written time. */
function timeOf(digits: string, places: number): string | undefined {
  const [, sign, whole, fraction = ""] = DECIMAL.exec(digits) ?? [];
  if (whole === undefined) return undefined;
  const scaled = BigInt(whole + fraction) * (sign === "-" ? -1n : 1n);
  const shift = places - fraction.length;
  const exact = shift >= 0 ? scaled * 10n ** BigInt(shift) : floorOf(scaled, 10n ** BigInt(-shift));
  const instant = Number(exact);
  if (!(instant >= EARLIEST && instant <= LATEST)) return undefined;
  return `${formatInstant(instant).slice(0, -"+00:00".length)}Z`;
}

function floorOf(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend < 0n && quotient * divisor !== dividend ? quotient - 1n : quotient;
}
