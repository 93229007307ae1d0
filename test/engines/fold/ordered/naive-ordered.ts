// Answers of measures that need order, found the slow way: for each entry, all others are
// looked at. The fold must agree with it exactly.

import { wilson } from "../../../../src/engines/fold/numbers.ts";
import type { EntryField } from "../../../../src/model/audit-entry.ts";
import type { OrderedMeasure } from "../../../../src/engines/fold/ordered/kind.ts";
import type {
  ClockMeasure,
  GapMeasure,
  PercentileMeasure,
  RateMeasure,
  RunMeasure,
  SequenceMeasure,
} from "../../../../src/model/measure.ts";
import { naiveText } from "../../../expression/written.ts";
import type { OddEntry } from "../../../expression/written.ts";

/** An entry with its place in the log, from 1, and its time; undefined where it is unreadable. */
export interface Placed {
  readonly entry: OddEntry;
  readonly position: number;
  readonly instant: number | undefined;
}

/** What an expression of a measure means, by its text. */
export type Means = (source: string, one: Placed) => boolean;

/** What is compared with an observation. */
export interface NaiveAnswer {
  readonly population: number;
  readonly exceptions: readonly Placed[];
  readonly numbers: Readonly<Record<string, number>>;
  /** Of sequences and gaps: what makes each exception one. */
  readonly before?: readonly Placed[];
}

interface Asked {
  readonly now: number;
  readonly recoveryTime?: number | undefined;
}

type Numbers = Record<string, number | undefined>;
type Found = Omit<NaiveAnswer, "population" | "numbers"> & { readonly numbers: Numbers };

export function naiveOrdered(
  measure: OrderedMeasure,
  log: readonly Placed[],
  means: Means,
  asked: Asked,
): NaiveAnswer {
  const inOrder = log.toSorted(compare);
  const all = measure.kind === "clock" ? inOrder : inOrder.filter(isTimed);
  const population = all.filter((one) => means(measure.population.source, one));
  const found = findFor(measure, all, means, asked);
  const numbers: Numbers = { ...found.numbers };
  for (const { name, of, where } of measure.counts ?? []) {
    const among = of === "population" ? population : found.exceptions;
    numbers[name] = among.filter((one) => means(where.source, one)).length;
  }
  for (const { name, among, part } of measure.shares ?? []) {
    const whole = population.filter((one) => means(among.source, one));
    const parts = whole.filter((one) => means(part.source, one));
    if (whole.length === 0) continue;
    numbers[name] = parts.length / whole.length;
    numbers[`${name}_low`] = wilson(parts.length, whole.length).low;
  }
  const defined = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return {
    ...found,
    population: population.length,
    numbers: Object.fromEntries(defined) as Record<string, number>,
  };
}

function findFor(
  measure: OrderedMeasure,
  all: readonly Placed[],
  means: Means,
  asked: Asked,
): Found {
  switch (measure.kind) {
    case "clock":
      return clock(measure, all, means, asked);
    case "gap":
      return gap(measure, all, means);
    case "sequence":
      return sequence(measure, all, means);
    case "run":
      return run(measure, all, means);
    case "rate":
      return rate(measure, all, means);
    case "percentile":
      return percentile(measure, all, means, asked);
    case "delegation":
      return delegation(measure.population.source, all, means);
  }
}

function clock(
  { population, by, tolerance, ahead }: ClockMeasure,
  all: readonly Placed[],
  means: Means,
  { now }: Asked,
): Found {
  const asked = all.filter((one) => means(population.source, one));
  const isFuture = (one: Placed): boolean => one.instant !== undefined && one.instant > now + ahead;
  const isNaive = (one: Placed): boolean =>
    one.instant !== undefined && !/(Z|[+-]\d\d:?\d\d)$/.test(String(one.entry.timestamp).slice(19));
  const isBackwards = (one: Placed): boolean =>
    asked.some(
      (other) =>
        other.position < one.position &&
        isTimed(other) &&
        isTimed(one) &&
        !isFuture(other) &&
        together(by, one, other) &&
        other.instant - one.instant > tolerance,
    );
  const isUnreadable = (one: Placed): boolean => one.instant === undefined;
  const tests = [isUnreadable, isNaive, isFuture, isBackwards];
  const exceptions = asked.filter((one) => tests.some((test) => test(one)));
  const [unreadable, naive, future, backwards] = tests.map((test) => asked.filter(test).length);
  return {
    exceptions,
    numbers: { unreadable, naive, future, backwards, ...good(asked.length, exceptions.length) },
  };
}

function gap(measure: GapMeasure, all: readonly Placed[], means: Means): Found {
  const { population, by = [], longerThan, rhythm, unlessAfter, corroboration } = measure;
  const asked = all.filter((one) => means(population.source, one));
  const spacings = asked.flatMap((to, at) => {
    const from = asked.slice(0, at).findLast((one) => together(by, one, to));
    return from === undefined ? [] : [{ from, to, length: timeOf(to) - timeOf(from) }];
  });
  const usual =
    rhythm === undefined
      ? 0
      : rhythm.times *
        (nearestRank(
          spacings.map(({ length }) => length),
          rhythm.percentile,
        ) ?? 0);
  const threshold = usual > longerThan ? usual : longerThan;
  const gaps = spacings.filter(
    ({ from, length }) =>
      length > threshold && !(unlessAfter !== undefined && means(unlessAfter.source, from)),
  );
  const hasWitness = ({ from, to }: { from: Placed; to: Placed }): boolean =>
    corroboration !== undefined &&
    all.some(
      (one) =>
        means(corroboration.where.source, one) &&
        textOf(corroboration.same, one) !== "" &&
        textOf(corroboration.same, one) === textOf(corroboration.same, from) &&
        timeOf(one) > timeOf(from) &&
        timeOf(one) < timeOf(to),
    );
  const longest = Math.max(...gaps.map(({ length }) => length));
  const times = asked.map(timeOf);
  return {
    exceptions: gaps.map(({ to }) => to),
    before: gaps.map(({ from }) => from),
    numbers: {
      longest_seconds: gaps.length === 0 ? undefined : longest / 1e6,
      threshold_seconds: threshold / 1e6,
      span_days:
        times.length === 0 ? undefined : (Math.max(...times) - Math.min(...times)) / 86_400_000_000,
      corroborated: corroboration === undefined ? undefined : gaps.filter(hasWitness).length,
    },
  };
}

function sequence(measure: SequenceMeasure, all: readonly Placed[], means: Means): Found {
  const { by, same, different, until, within = Infinity } = measure;
  const firsts = all.filter((one) => means(measure.first.source, one));
  const thens = all.filter((one) => means(measure.then.source, one));
  const reaches = (first: Placed, then: Placed): boolean =>
    all.indexOf(first) < all.indexOf(then) &&
    together(by, first, then) &&
    same.every((field) => textOf(field, first) === textOf(field, then)) &&
    different.every(
      (field) =>
        textOf(field, first) !== "" &&
        textOf(field, then) !== "" &&
        textOf(field, first) !== textOf(field, then),
    ) &&
    !all
      .slice(all.indexOf(first) + 1, all.indexOf(then))
      .some((one) => until !== undefined && means(until.source, one) && together(by, one, first));
  const isWithin = (first: Placed, then: Placed): boolean => timeOf(then) - timeOf(first) <= within;

  const pairs = thens.flatMap((then) => {
    const first = firsts.findLast((one) => reaches(one, then));
    return first !== undefined && isWithin(first, then) ? [{ first, next: then }] : [];
  });
  const followed = firsts.filter((first) =>
    thens.some((then) => reaches(first, then) && isWithin(first, then)),
  );
  return {
    exceptions: pairs.map(({ next }) => next),
    before: pairs.map(({ first }) => first),
    numbers: Object.fromEntries(
      new Map([
        ["then", thens.length],
        ["followed", followed.length],
        ["followed_share", share(followed.length, firsts.length)],
        ["then_share", share(pairs.length, thens.length)],
      ]),
    ),
  };
}

function run(measure: RunMeasure, all: readonly Placed[], means: Means): Found {
  const { by, atLeast } = measure;
  const breaks = (one: Placed): boolean => means(measure.brokenBy.source, one);
  const members = all.filter(
    (one) => means(measure.population.source, one) && !breaks(one) && together(by, one, one),
  );
  const runOf = (one: Placed): Placed[] =>
    members.filter((other) => {
      const [from, to] = [all.indexOf(one), all.indexOf(other)].toSorted((a, b) => a - b);
      const between = all.slice(from, to);
      return together(by, one, other) && !between.some((x) => breaks(x) && together(by, x, one));
    });
  const exceptions = members.filter((one) => runOf(one).length >= atLeast);
  return {
    exceptions,
    numbers: {
      runs: exceptions.filter((one) => runOf(one)[0] === one).length,
      longest_run: Math.max(0, ...members.map((one) => runOf(one).length)),
    },
  };
}

function rate(measure: RateMeasure, all: readonly Placed[], means: Means): Found {
  const { by, same, window, atLeast, distinct } = measure;
  const asked = all.filter((one) => means(measure.population.source, one));
  const alike = (one: Placed, other: Placed): boolean =>
    together(by, one, other) && same.every((field) => textOf(field, one) === textOf(field, other));
  const windows = asked.map((start) =>
    asked.filter(
      (one) =>
        alike(start, one) && timeOf(one) >= timeOf(start) && timeOf(one) - timeOf(start) <= window,
    ),
  );
  const sizeOf = (entries: readonly Placed[]): number =>
    distinct === undefined
      ? entries.length
      : new Set(entries.map((one) => textOf(distinct, one)).filter((text) => text !== "")).size;
  const full = windows.filter((entries) => entries.length > 0 && sizeOf(entries) >= atLeast);
  const exceptions = asked.filter((one) => full.some((entries) => entries.includes(one)));
  const linked = exceptions.filter((one, at) => {
    const next = exceptions.slice(at + 1).find((other) => alike(one, other));
    return next !== undefined && full.some((set) => set.includes(one) && set.includes(next));
  });
  return {
    exceptions,
    numbers: {
      bursts: exceptions.length - linked.length,
      peak: Math.max(0, ...windows.map(sizeOf)),
    },
  };
}

function percentile(
  measure: PercentileMeasure,
  all: readonly Placed[],
  means: Means,
  { recoveryTime }: Asked,
): Found {
  const asked = all.filter((one) => means(measure.population.source, one));
  const spanOf = (one: Placed): number | undefined => {
    const next = all.find(
      (other, at) =>
        at > all.indexOf(one) &&
        means(measure.to.source, other) &&
        measure.same.every((field) => textOf(field, one) === textOf(field, other)),
    );
    const span = next === undefined ? Infinity : timeOf(next) - timeOf(one);
    return span <= measure.within ? span : undefined;
  };
  const spans = asked.map(spanOf).filter((span) => span !== undefined);
  const exceptions = asked.filter((one) => spanOf(one) === undefined);
  const found = nearestRank(spans, measure.percentile);
  return {
    exceptions,
    numbers: {
      unfollowed: exceptions.length,
      percentile_seconds: found === undefined ? undefined : found / 1e6,
      recovery_seconds: recoveryTime === undefined ? undefined : recoveryTime / 1e6,
      times_recovery:
        found === undefined || recoveryTime === undefined ? undefined : found / recoveryTime,
    },
  };
}

function delegation(population: string, all: readonly Placed[], means: Means): Found {
  const asked = all.filter((one) => means(population, one));
  const depthOf = ({ entry }: Placed): number | undefined => {
    const depth =
      typeof entry.chain_depth === "bigint" ? Number(entry.chain_depth) : entry.chain_depth;
    return Number.isSafeInteger(depth) ? (depth as number) : undefined;
  };
  const flawOf = (one: Placed): string | undefined => {
    const [parent, depth] = [textOf("parent_agent_id", one), depthOf(one)];
    if (parent === "" && (depth === undefined || depth <= 0)) return undefined;
    if (parent === "" || (depth !== undefined && depth <= 0)) return "shallow";
    const acts = all.filter(
      (other) =>
        other !== one &&
        timeOf(other) <= timeOf(one) &&
        textOf("chain_id", other) !== "" &&
        textOf("chain_id", other) === textOf("chain_id", one) &&
        textOf("agent_id", other) === parent,
    );
    if (acts.length === 0) return "orphan";
    const fits = acts.some((other) => {
      const higher = depthOf(other);
      return depth === undefined || higher === undefined || higher === depth - 1;
    });
    return fits ? undefined : "jump";
  };
  const exceptions = asked.filter((one) => flawOf(one) !== undefined);
  const having = (flaw: string): number => asked.filter((one) => flawOf(one) === flaw).length;
  return {
    exceptions,
    numbers: {
      shallow: having("shallow"),
      orphans: having("orphan"),
      depth_jumps: having("jump"),
      ...good(asked.length, exceptions.length),
    },
  };
}

function good(whole: number, bad: number): Numbers {
  const part = whole - bad;
  return {
    part,
    share: share(part, whole),
    share_low: whole === 0 ? undefined : wilson(part, whole).low,
  };
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** The smallest value that at least so many percent of the values do not exceed. */
function nearestRank(values: readonly number[], percent: number): number | undefined {
  return values
    .toSorted((left, right) => left - right)
    .find((value) => values.filter((one) => one <= value).length * 100 >= percent * values.length);
}

/** Whether two share a partition: the first field that one records is the other's too, alike. */
function together(by: readonly EntryField[], one: Placed, other: Placed): boolean {
  if (by.length === 0) return true;
  const first = by.find((field) => textOf(field, one) !== "");
  const second = by.find((field) => textOf(field, other) !== "");
  return first !== undefined && first === second && textOf(first, one) === textOf(first, other);
}

function textOf(field: EntryField, { entry }: Placed): string {
  const value = entry[field];
  if (field !== "action_params") return naiveText(value);
  if (value === undefined || value === null || typeof value === "string") return value ?? "";
  return JSON.stringify(value);
}

function timeOf({ instant }: Placed): number {
  return instant ?? Number.NaN;
}

function isTimed(one: Placed): one is Placed & { readonly instant: number } {
  return one.instant !== undefined;
}

function compare(left: Placed, right: Placed): number {
  const times = [left, right].map(({ instant }) => instant ?? Infinity) as [number, number];
  if (times[0] !== times[1]) return times[0] < times[1] ? -1 : 1;
  const [a, b] = [left.entry.id, right.entry.id].map((id) =>
    typeof id === "string" && id !== "" ? id : typeof id === "number" ? id : undefined,
  );
  const kinds = [a, b].map((id) => ["number", "string", "undefined"].indexOf(typeof id));
  if (kinds[0] !== kinds[1]) return (kinds[0] ?? 0) - (kinds[1] ?? 0);
  if (typeof a === "number" && typeof b === "number" && a !== b) return a - b;
  if (typeof a === "string" && typeof b === "string" && a !== b) {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return left.position - right.position;
}
