// What a log answers, found the slow way: every entry is kept, everything is sorted, times
// are whole numbers without end. The engines must agree with it exactly.

import type { Question } from "../../src/engines/engine.ts";
import type { CountedPopulation } from "../../src/engines/fold/population.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, toEvidence } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type { RejectionReason } from "../../src/model/intake.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { Group, Observation } from "../../src/model/observation.ts";
import { naiveText } from "../expression/written.ts";
import type { OddEntry } from "../expression/written.ts";
import { read } from "../model/naive-instant.ts";

/** A measure with its naive meaning. */
export interface Probe {
  readonly measure: Measure;
  readonly population: (entry: OddEntry) => boolean;
  /** What the measure calls its exception, part or among. */
  readonly chosen: (entry: OddEntry) => boolean;
  readonly key: (entry: OddEntry) => string;
}

interface Placed {
  readonly entry: OddEntry;
  /** From 1. */
  readonly position: number;
  readonly instant: bigint | undefined;
  readonly naive: boolean;
}

/** A record that the source refused, among the entries of a log. */
export class Refused {
  readonly reason: RejectionReason;

  constructor(reason: RejectionReason) {
    this.reason = reason;
  }
}

/** An action that was there already, among the entries of a log. */
export const DUPLICATE = Symbol("duplicate");

/** In the order in which a report lists them. */
export const REASONS: readonly RejectionReason[] = [
  "not-an-entry",
  "malformed",
  "invalid-utf-8",
  "duplicate-key",
  "too-long",
  "damaged-file",
  "unreadable-timestamp",
];

const MOST = 50;

function place(entry: OddEntry, position: number): Placed {
  const reading = typeof entry.timestamp === "string" ? read(entry.timestamp) : undefined;
  return { entry, position, instant: reading?.microseconds, naive: reading?.naive ?? false };
}

function idOf({ entry }: Placed): number | string | undefined {
  const { id } = entry;
  if (typeof id === "bigint") return Number(id);
  if (typeof id === "number") return Number.isNaN(id) ? undefined : id;
  return typeof id === "string" && id !== "" ? id : undefined;
}

function compare(left: Placed, right: Placed): number {
  const [a, b] = [left.instant, right.instant];
  if (a !== b) {
    if (a === undefined) return 1;
    return b === undefined || a < b ? -1 : 1;
  }
  const ids = [idOf(left), idOf(right)] as const;
  const ranks = ids.map((id) => ["number", "string", "undefined"].indexOf(typeof id));
  if (ranks[0] !== ranks[1]) return (ranks[0] ?? 0) - (ranks[1] ?? 0);
  const [x, y] = ids;
  if (x !== y) {
    if (typeof x === "number") return x < Number(y) ? -1 : 1;
    return Buffer.compare(Buffer.from(String(x)), Buffer.from(String(y)));
  }
  return left.position - right.position;
}

const evidence = ({ entry }: Placed): AuditEntry => toEvidence(entry as AuditEntry);
const listed = (placed: readonly Placed[]): AuditEntry[] =>
  placed.toSorted(compare).slice(0, MOST).map(evidence);

function isEntry(value: unknown): value is OddEntry {
  if (value instanceof Refused) return false;
  return Object.prototype.toString.call(value) !== "[object Array]" && Object(value) === value;
}

/** The population and the observations of a log. */
export function naiveAnswer(
  { period, now }: Pick<Question, "period" | "now">,
  probes: readonly Probe[],
  log: readonly unknown[],
): { population: CountedPopulation; observations: Map<string, Observation> } {
  const all = log.flatMap((value, index) => (isEntry(value) ? [place(value, index + 1)] : []));
  const duplicate = log.filter((value) => value === DUPLICATE).length;
  const refused = log.flatMap((value, index) => {
    if (isEntry(value) || value === DUPLICATE) return [];
    const reason = value instanceof Refused ? value.reason : "not-an-entry";
    return [{ reason, position: index + 1, pointer: `#${index + 1}` }];
  });
  const bounded = period.start !== undefined || period.end !== undefined;
  const unreadable = all.filter(({ instant }) => instant === undefined);
  const timed = all.filter(({ instant }) => instant !== undefined);
  const inside = (placed: Placed): boolean =>
    placed.instant === undefined
      ? !bounded
      : (period.start === undefined || placed.instant >= BigInt(period.start)) &&
        (period.end === undefined || placed.instant < BigInt(period.end));
  const scope = all.filter(inside);
  const times = scope
    .flatMap(({ instant }) => (instant === undefined ? [] : [instant]))
    .toSorted((left, right) => Number(left - right));
  const pointers = unreadable.map((placed) => ({
    reason: "unreadable-timestamp" as const,
    position: placed.position,
    pointer: String(idOf(placed) ?? `#${placed.position}`),
  }));
  const firstUnreadable = pointers.slice(0, MOST).map(({ pointer }) => pointer);
  const rejectedRecords = [...refused, ...(bounded ? pointers : [])].toSorted(
    (left, right) => left.position - right.position,
  );
  const rejections = REASONS.map((reason) => {
    const records = rejectedRecords.filter((record) => record.reason === reason);
    const first = records.slice(0, MOST).map(({ pointer }) => pointer);
    return { reason, count: records.length, first };
  }).filter(({ count }) => count > 0);
  const rejected = rejections.reduce((sum, { count }) => sum + count, 0);
  return {
    population: {
      read: log.length,
      accepted: log.length - rejected - duplicate,
      rejected,
      rejections,
      duplicate,
      outOfPeriod: timed.filter((placed) => !inside(placed)).length,
      inScope: scope.length,
      ...(times.length === 0 ? {} : { first: Number(times[0]), last: Number(times.at(-1)) }),
      recorded: new Map(
        ENTRY_FIELD_NAMES.map((name) => [
          name,
          scope.filter(({ entry }) => naivelyRecorded(name, entry[name])).length,
        ]),
      ),
      timestamps: {
        unreadable: unreadable.length,
        firstUnreadable,
        naive: timed.filter(({ naive }) => naive).length,
        unordered: timed.filter(
          ({ instant = 0n }, index) => instant < (timed[index - 1]?.instant ?? instant),
        ).length,
        future: timed.filter(({ instant = 0n }) => instant > BigInt(now)).length,
      },
      ids: naiveIds(all),
    },
    observations: new Map(probes.map((probe) => [probe.measure.id, observe(probe, scope)])),
  };
}

function naivelyRecorded(name: EntryField, value: unknown): boolean {
  if (ENTRY_FIELDS[name] !== "json") return naiveText(value) !== "";
  return value !== undefined && value !== null && value !== "";
}

function naiveIds(all: readonly Placed[]): CountedPopulation["ids"] {
  const ids = all.map(({ entry: { id } }) => (typeof id === "bigint" ? Number(id) : id));
  const whole = ids.filter((id): id is number => Number.isSafeInteger(id));
  const distinct = [...new Set(whole)].toSorted((left, right) => left - right);
  const repeated = whole.length - distinct.length;
  const missingRuns = distinct.slice(1).flatMap((id, index) => {
    const before = distinct[index] ?? id;
    return id - before > 1 ? [{ from: before + 1, to: id - 1 }] : [];
  });
  const missing = missingRuns.reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const dense = whole.length === ids.length && distinct.length > 0 && missing <= distinct.length;
  return { repeated, ...(dense ? { missing, missingRuns: missingRuns.slice(0, MOST) } : {}) };
}

function observe(
  { measure, population, chosen, key }: Probe,
  scope: readonly Placed[],
): Observation {
  const asked = scope.filter(({ entry }) => population(entry));
  const some = asked.filter(({ entry }) => chosen(entry));
  const rest = asked.filter(({ entry }) => !chosen(entry));
  const base = { measure: measure.id, population: asked.length };
  switch (measure.kind) {
    case "count":
      return { ...base, kind: "count", exceptions: some.length, exceptionEntries: listed(some) };
    case "ratio": {
      const odd = measure.exceptions === "part" ? some : rest;
      const part = some.length;
      return {
        ...base,
        kind: "ratio",
        part,
        exceptions: odd.length,
        exceptionEntries: listed(odd),
      };
    }
    case "groups": {
      const groups = grouped(asked, key);
      return {
        ...base,
        kind: "groups",
        exceptions: 0,
        exceptionEntries: [],
        distinct: groups.length,
        groups: groups.slice(0, MOST),
        all: new Map(groups.map((group) => [group.key, group.count])),
      };
    }
    case "share-of-top": {
      const groups = grouped(some, key);
      const [top] = groups;
      const odd = some.filter(({ entry }) => key(entry) === top?.key);
      return {
        ...base,
        kind: "share-of-top",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        distinct: groups.length,
        ...(top === undefined ? {} : { top }),
      };
    }
    case "gap": {
      const sorted = asked.filter(({ instant }) => instant !== undefined).toSorted(compare);
      const gaps = sorted.slice(1).flatMap((to, index) => {
        const from = sorted[index] ?? to;
        const length = (to.instant ?? 0n) - (from.instant ?? 0n);
        return length > BigInt(measure.longerThan)
          ? [{ from: evidence(from), to: evidence(to), length: Number(length) }]
          : [];
      });
      const first = gaps.slice(0, MOST);
      return {
        measure: measure.id,
        kind: "gap",
        population: sorted.length,
        exceptions: gaps.length,
        exceptionEntries: first.map(({ to }) => to),
        gaps: first,
        ...(gaps.length === 0 ? {} : { longest: Math.max(...gaps.map(({ length }) => length)) }),
      };
    }
  }
}

/** The largest first; ties by the bytes of the key. */
function grouped(placed: readonly Placed[], key: Probe["key"]): Group[] {
  const keys = placed.map(({ entry }) => key(entry));
  return [...new Set(keys)]
    .map((one) => ({ key: one, count: keys.filter((other) => other === one).length }))
    .toSorted(
      (left, right) =>
        right.count - left.count || Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)),
    );
}
