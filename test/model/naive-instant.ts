// A second reading of the grammar of times: one regular expression, whole numbers without
// end, and the calendar counted out by hand.

const SHAPE =
  /^((?:19|20|21)\d\d)-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|([+-])(\d\d):?(\d\d))?$/;

export interface Reading {
  readonly microseconds: bigint;
  readonly naive: boolean;
}

/** The instant of a text, or undefined; nothing of JavaScript's own calendar is used. */
export function read(text: string): Reading | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(BigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  const [fraction = "", offset, sign, hours = "0", minutes = "0"] = match.slice(7);
  if (month < 1n || month > 12n || day < 1n || day > daysIn(year, month)) return undefined;
  if (hour > 23n || minute > 59n || second > 59n) return undefined;
  if (BigInt(hours) > 14n || BigInt(minutes) > 59n) return undefined;
  const east = (BigInt(hours) * 60n + BigInt(minutes)) * (sign === "-" ? -1n : 1n);
  const seconds =
    dayNumber(year, month, day) * 86_400n + hour * 3600n + minute * 60n + second - east * 60n;
  return {
    microseconds: seconds * 1_000_000n + BigInt(fraction.padEnd(6, "0").slice(0, 6)),
    naive: offset === undefined,
  };
}

function isLeap(year: bigint): boolean {
  return year % 4n === 0n && (year % 100n !== 0n || year % 400n === 0n);
}

function daysIn(year: bigint, month: bigint): bigint {
  if (month === 2n) return isLeap(year) ? 29n : 28n;
  return [4n, 6n, 9n, 11n].includes(month) ? 30n : 31n;
}

/** Days since 1970-01-01, counted year by year and month by month. */
function dayNumber(year: bigint, month: bigint, day: bigint): bigint {
  let days = day - 1n;
  for (let at = 1n; at < month; at += 1n) days += daysIn(year, at);
  for (let at = 1970n; at < year; at += 1n) days += isLeap(at) ? 366n : 365n;
  for (let at = year; at < 1970n; at += 1n) days -= isLeap(at) ? 366n : 365n;
  return days;
}
