// Numbers and lists as people read them. No locale is asked: the same report reads the same everywhere.

const MOST_DECIMALS = 9;

/** A number with its thousands set apart: `1,204`. */
export function formatCount(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function formatList(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/**
 * `part / whole` in percent: one decimal, rounded half to even on the exact quotient, and as
 * many more as it takes. A whole or half percent is only ever shown where it is exact, so that
 * a figure never looks like a limit that it only comes close to.
 *
 * @param limits further shares, from 0 to 1; the figure lies on the same side of each as the
 *   exact quotient
 */
export function formatShare(part: number, whole: number, limits: readonly number[] = []): string {
  if (whole === 0) return "no share";
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
      return `${formatDecimal(scaled, decimals)} %`;
    }
    if (decimals < MOST_DECIMALS) continue;
    if (scaled === 0n) return "just above 0 %";
    if (scaled === 100n * scale) return "just below 100 %";
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

/** A span of microseconds in its two largest units, cut: `1 day 3 hours`, `2 minutes 5.5 seconds`. */
export function formatSpan(microseconds: number): string {
  const parts: string[] = [];
  let rest = microseconds;
  for (const [name, size] of UNITS) {
    const number = Math.floor(rest / size);
    rest -= number * size;
    if (number > 0) parts.push(`${number} ${name}${number === 1 ? "" : "s"}`);
    if (parts.length === 2) return parts.join(" ");
  }
  if (rest > 0 || parts.length === 0) {
    const seconds = rest / 1_000_000;
    parts.push(`${seconds} second${seconds === 1 ? "" : "s"}`);
  }
  return parts.join(" ");
}
