// Numbers as people read them. A share is never rounded onto a limit it does not reach, nor
// onto 0 or 100 % when it is neither.

/** 1204 as `1,204`. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

const MOST_DECIMALS = 9;

/**
 * `part / whole` in percent: one decimal, rounded half to even on the exact quotient, and
 * as many more as it takes not to look like a limit that it only comes close to.
 *
 * @param limits shares from 0 to 1 that the printed figure must not be rounded onto; 0 and 1
 *   always count among them
 */
export function formatShare(part: number, whole: number, limits: readonly number[] = []): string {
  if (whole === 0) return "no share";
  const landmarks = [0, 1, ...limits];
  for (let decimals = 1; decimals <= MOST_DECIMALS; decimals += 1) {
    const scale = 10n ** BigInt(decimals);
    const scaled = divideHalfEven(BigInt(part) * 100n * scale, BigInt(whole));
    const onLandmark = landmarks.some((limit) => Number(scaled) === limit * 100 * Number(scale));
    const exact = scaled * BigInt(whole) === BigInt(part) * 100n * scale;
    if (!onLandmark || exact) return `${formatDecimal(scaled, decimals)} %`;
  }
  return part * 2 < whole ? "just above the limit" : "just below the limit";
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
