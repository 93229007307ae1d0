// The arithmetic behind figures that people read. No locale is asked: the same report reads the
// same everywhere. How they are worded is a matter of the language.

const MOST_DECIMALS = 9;

/** A number with its thousands set apart as in English: `1,204`. */
export function formatCount(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A share in percent before any language words it. */
export type Percent =
  /** As decimal text with a point, without the sign: `98.7`. Rounded where that misleads nobody. */
  | { readonly kind: "exact"; readonly digits: string }
  /** So close to an end that no decimals tell it apart. */
  | { readonly kind: "above-zero" | "below-hundred" }
  /** Of nothing there is no share. */
  | { readonly kind: "none" };

/**
 * `part / whole` in percent: one decimal, rounded half to even on the exact quotient, and as
 * many more as it takes. A whole or half percent is only ever shown where it is exact, so that
 * a figure never looks like a limit that it only comes close to.
 *
 * @param limits further shares, from 0 to 1; the figure lies on the same side of each as the
 *   exact quotient
 */
export function percentOf(part: number, whole: number, limits: readonly number[] = []): Percent {
  if (whole === 0) return { kind: "none" };
  const limiting = limits.map(fractionOf);
  // Ends: two different fractions lie at least one over the product of their denominators apart.
  for (let decimals = 1; ; decimals += 1) {
    const scale = 10n ** BigInt(decimals);
    const hundredfold = BigInt(part) * 100n * scale;
    const scaled = divideHalfEven(hundredfold, BigInt(whole));
    const round = (scaled * 2n) % scale === 0n;
    const misleads = limiting.some(
      (limit) =>
        compare(scaled, 100n * scale, limit) !== compare(BigInt(part), BigInt(whole), limit),
    );
    if (scaled * BigInt(whole) === hundredfold || !(round || misleads)) {
      return { kind: "exact", digits: formatDecimal(scaled, decimals) };
    }
    if (decimals < MOST_DECIMALS) continue;
    if (scaled === 0n) return { kind: "above-zero" };
    if (scaled === 100n * scale) return { kind: "below-hundred" };
  }
}

interface Fraction {
  readonly over: bigint;
  /** Positive. */
  readonly under: bigint;
}

/** A number exactly as its shortest decimal text says, which is how a framework wrote it. */
function fractionOf(value: number): Fraction {
  const [digits = "", exponent = "0"] = String(value).split("e");
  const [whole = "", decimals = ""] = digits.split(".");
  const power = Number(exponent) - decimals.length;
  const over = BigInt(whole + decimals) * 10n ** BigInt(Math.max(0, power));
  return { over, under: 10n ** BigInt(Math.max(0, -power)) };
}

/** On which side of a limit `over / under` lies: -1 below, 0 on it, 1 above. */
function compare(over: bigint, under: bigint, limit: Fraction): -1 | 0 | 1 {
  const difference = over * limit.under - limit.over * under;
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

function formatDecimal(scaled: bigint, decimals: number): string {
  const digits = scaled.toString().padStart(decimals + 1, "0");
  const fraction = digits.slice(-decimals).replace(/0+$/, "");
  const whole = digits.slice(0, -decimals);
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const twice = (dividend % divisor) * 2n;
  if (twice > divisor || (twice === divisor && quotient % 2n === 1n)) return quotient + 1n;
  return quotient;
}

const UNITS = [
  ["day", 86_400_000_000],
  ["hour", 3_600_000_000],
  ["minute", 60_000_000],
] as const;

/** One part of a span: so many of a unit. Only seconds have a fraction. */
export interface SpanPart {
  readonly unit: "day" | "hour" | "minute" | "second";
  readonly amount: number;
}

/** A span of microseconds in its two largest units, cut; never empty. */
export function spanParts(microseconds: number): SpanPart[] {
  const parts: SpanPart[] = [];
  let rest = microseconds;
  for (const [unit, size] of UNITS) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push({ unit, amount });
    if (parts.length === 2) return parts;
  }
  if (rest > 0 || parts.length === 0) parts.push({ unit: "second", amount: rest / 1_000_000 });
  return parts;
}
