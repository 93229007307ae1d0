// What a log answers, found the slow way: every entry is kept, everything is sorted, times
// are whole numbers without end. The engines must agree with it exactly.

import type { Question } from "../../src/engines/engine.ts";
import type { Activity } from "../../src/model/activity.ts";
import { wilson } from "../../src/engines/fold/numbers.ts";
import type { CountedPopulation } from "../../src/engines/fold/population.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, toEvidence } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type { RejectionReason } from "../../src/model/intake.ts";
import type { Inputs } from "../../src/model/inputs.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { Group, Observation } from "../../src/model/observation.ts";
import { loadText } from "../../src/policy/load.ts";
import { Policy } from "../../src/policy/policy.ts";
import { naiveLower, naiveText } from "../expression/written.ts";
import type { OddEntry } from "../expression/written.ts";
import { read } from "../model/naive-instant.ts";
import { naiveActivity } from "./naive-activity.ts";

/** A measure with its naive meaning. */
export interface Probe {
  readonly measure: Measure;
  readonly population: (entry: OddEntry) => boolean;
  /** What the measure calls its exception, part or among; what its count of the population counts. */
  readonly chosen: (entry: OddEntry) => boolean;
  /** What its count of exceptions counts, and what its share among the chosen is of. */
  readonly other: (entry: OddEntry) => boolean;
  readonly key: (entry: OddEntry) => string;
}

const POLICY_TEXT = `
version: 1
rules:
  - { name: r, match: { agent: a }, approval: auto, risk_level: LOW }
  - { name: night, match: { agent: "?*" }, conditions: { time_after: "02:00", time_before: "05:00" }, approval: block, risk_level: HIGH }
  - { name: one, match: { agent: auto }, conditions: { param_eq: { x: 1 } }, approval: auto }
  - { name: words, match: { agent: A }, conditions: { semantic: y }, approval: approve, risk_level: CRITICAL }
defaults: { approval: approve, risk_level: MEDIUM }
`;
const POLICY = Policy.parse(POLICY_TEXT);
/** A policy that asks the time, parameters and words. */
export const POLICY_DOCUMENT = loadText(POLICY_TEXT, undefined).document;

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

function idOf({ entry }: Pick<Placed, "entry">): number | string | undefined {
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
  { period, now, inputs = {}, policy }: Omit<Question, "measures">,
  probes: readonly Probe[],
  log: readonly unknown[],
): {
  population: CountedPopulation;
  observations: Map<string, Observation>;
  activity: Activity;
} {
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
    observations: new Map(
      probes.map((probe) => {
        const observation = observe(probe, scope, { now, inputs, policy, all });
        const { population, exceptions, numbers = {} } = observation;
        const share = population === 0 ? {} : { exception_share: exceptions / population };
        return [probe.measure.id, { ...observation, numbers: { ...numbers, ...share } }];
      }),
    ),
    activity: naiveActivity(scope),
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

/** What its measure counts by name. */
function named(
  { measure, chosen, other }: Probe,
  asked: readonly Placed[],
  exceptions: readonly Placed[],
): Record<string, number> {
  if (measure.counts === undefined) return {};
  const among = asked.filter(({ entry }) => chosen(entry));
  const part = among.filter(({ entry }) => other(entry));
  return {
    chosen_entries: among.length,
    other_exceptions: exceptions.filter(({ entry }) => other(entry)).length,
    ...(among.length === 0
      ? {}
      : {
          other_share: part.length / among.length,
          other_share_low: wilson(part.length, among.length).low,
        }),
  };
}

function shareOf(part: number, whole: number): Record<string, number> {
  if (whole === 0) return { part };
  const { low, high } = wilson(part, whole);
  return { part, share: part / whole, share_low: low, share_high: high };
}

const DAY = 86_400_000_000;

interface Around {
  readonly now: number;
  readonly inputs: Inputs;
  readonly policy: Question["policy"];
  readonly all: readonly Placed[];
}

function observe(
  probe: Probe,
  scope: readonly Placed[],
  { now, inputs, policy, all }: Around,
): Observation {
  const { measure, population, chosen, other, key } = probe;
  const asked = scope.filter(({ entry }) => population(entry));
  const some = asked.filter(({ entry }) => chosen(entry));
  const rest = asked.filter(({ entry }) => !chosen(entry));
  const timed = asked.filter(({ instant }) => instant !== undefined).toSorted(compare);
  const base = { measure: measure.id, population: asked.length };
  switch (measure.kind) {
    case "count":
      return {
        ...base,
        kind: "count",
        exceptions: some.length,
        exceptionEntries: listed(some),
        numbers: named(probe, asked, some),
      };
    case "ratio": {
      const odd = measure.exceptions === "part" ? some : rest;
      const part = some.length;
      return {
        ...base,
        kind: "ratio",
        part,
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        numbers: { ...named(probe, asked, odd), ...shareOf(part, asked.length) },
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
        numbers: { ...named(probe, asked, []), groups: groups.length },
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
        numbers: {
          ...named(probe, asked, odd),
          groups: groups.length,
          part: odd.length,
          ...(asked.length === 0 ? {} : { share: odd.length / asked.length }),
        },
      };
    }
    case "distinct": {
      const keys = (entries: readonly Placed[]): number =>
        new Set(entries.map(({ entry }) => key(entry)).filter((text) => text !== "")).size;
      const session = ({ entry }: Placed): string => naiveText(entry.session_id);
      const groups = [...new Set(asked.map(session))]
        .filter((text) => text !== "")
        .map((text) => {
          const own = asked.filter((placed) => session(placed) === text);
          return { key: text, count: keys(own) };
        })
        .toSorted(bySize);
      const days = timed.map(({ instant }) => Math.floor(Number(instant) / DAY));
      return {
        ...base,
        kind: "distinct",
        exceptions: 0,
        exceptionEntries: [],
        groups: groups.slice(0, MOST),
        numbers: {
          ...named(probe, asked, []),
          keys: keys(asked),
          ...(groups.length === 0 ? {} : { most_keys: groups[0]?.count ?? 0 }),
          active_days: new Set(days).size,
        },
      };
    }
    case "set-difference": {
      const recorded = asked.filter(({ entry }) => key(entry) !== "");
      const { roster } = inputs;
      const isUnknown = (text: string): boolean => roster !== undefined && !roster.includes(text);
      const odd = recorded.filter(({ entry }) => isUnknown(key(entry)));
      const groups = grouped(recorded, key);
      const unknown = groups.filter((group) => isUnknown(group.key));
      return {
        ...base,
        population: recorded.length,
        kind: "set-difference",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        groups: (roster === undefined ? groups : unknown).slice(0, MOST),
        numbers: {
          ...named(probe, recorded, odd),
          ...(roster === undefined
            ? {}
            : { unknown: unknown.length, known: groups.length - unknown.length }),
        },
      };
    }
    case "profile": {
      // Steps: those of which the other condition does not hold, all, and those of which it does.
      const steps = [
        asked.filter(({ entry }) => !other(entry)),
        asked,
        asked.filter(({ entry }) => other(entry)),
      ];
      const shares = steps.map(
        (step) => step.filter(({ entry }) => chosen(entry)).length / step.length,
      );
      const compared = shares.filter((_, index) => (steps[index] ?? []).length >= measure.atLeast);
      const falls = compared.flatMap((from, index) =>
        compared.slice(index + 1).map((to) => from - to),
      );
      const odd = (steps[2] ?? []).filter(({ entry }) => !chosen(entry));
      return {
        ...base,
        kind: "profile",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        numbers: {
          ...named(probe, asked, odd),
          part: some.length,
          ...Object.fromEntries(
            ["low", "middle", "high"].flatMap((name, index) => {
              const counted = [`${name}_count`, (steps[index] ?? []).length];
              const shared = [`${name}_share`, shares[index]];
              return counted[1] === 0 ? [counted] : [counted, shared];
            }),
          ),
          inversion: Math.max(0, ...falls),
          compared: compared.length,
        },
      };
    }
    case "max": {
      const depth = ({ entry }: Placed): number => Number(entry.chain_depth);
      const deep = asked.filter(({ entry }) => typeof entry.chain_depth === "number");
      const odd = deep.filter((placed) => depth(placed) > measure.above);
      const depths = deep.map(depth).toSorted((left, right) => left - right);
      return {
        ...base,
        population: deep.length,
        kind: "max",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        numbers: {
          ...named(probe, deep, odd),
          ...(depths.length === 0
            ? {}
            : {
                max: Math.max(...depths),
                p99: depths.find((_, index) => (index + 1) * 100 >= 99 * depths.length) ?? 0,
              }),
        },
      };
    }
    case "reach": {
      const times = all.flatMap(({ instant }) => (instant === undefined ? [] : [Number(instant)]));
      return {
        measure: measure.id,
        kind: "reach",
        population: times.length,
        exceptions: 0,
        exceptionEntries: [],
        numbers: {
          ...(times.length === 0
            ? {}
            : {
                reach_days: (now - Math.min(...times)) / DAY,
                newest_days: Math.max(0, now - Math.max(...times)) / DAY,
                span_days: (Math.max(...times) - Math.min(...times)) / DAY,
              }),
          ...(inputs.deployedSince === undefined
            ? {}
            : { deployed_days: (now - inputs.deployedSince) / DAY }),
        },
      };
    }
    case "identity": {
      const ids = all.flatMap(({ entry: { id } }) => {
        if (typeof id === "number" && !Number.isFinite(id)) return [];
        if (typeof id === "number" && Number.isInteger(id) && !Number.isSafeInteger(id)) return [];
        if (typeof id === "bigint") return [Number(id)];
        return typeof id === "number" || (typeof id === "string" && id !== "") ? [id] : [];
      });
      const again = ids
        .filter((id, index) => ids.indexOf(id) !== index)
        .toSorted((left, right) => compareIds(left, right));
      const { missing } = naiveIds(all);
      return {
        measure: measure.id,
        kind: "identity",
        population: all.length,
        exceptions: again.length,
        exceptionEntries: again.slice(0, MOST).map((id) => toEvidence({ id })),
        numbers: {
          duplicates: again.length,
          dense: missing === undefined ? 0 : 1,
          ...(missing === undefined ? {} : { missing }),
        },
      };
    }
    case "spike": {
      const bucket = ({ instant = 0n }: Placed): number =>
        Math.floor(Number(instant) / measure.bucket);
      const numbers = [...new Set(timed.map(bucket))];
      const sizes = numbers.map((number) => timed.filter((one) => bucket(one) === number).length);
      const usual = middle(sizes);
      const deviation = middle(sizes.map((size) => Math.abs(size - usual)));
      const odd = numbers.flatMap((number, index) => {
        const size = sizes[index] ?? 0;
        const far = size > usual + measure.deviations * deviation && size > measure.times * usual;
        const first = timed.find((one) => bucket(one) === number);
        return far && sizes.length >= measure.atLeast && first !== undefined ? [first] : [];
      });
      return {
        ...base,
        population: timed.length,
        kind: "spike",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        numbers: {
          ...named(probe, timed, odd),
          spikes: odd.length,
          buckets: numbers.length,
          ...(numbers.length === 0 ? {} : { median: usual, peak: Math.max(...sizes) }),
        },
      };
    }
    case "gap": {
      const gaps = timed.slice(1).flatMap((to, index) => {
        const from = timed[index] ?? to;
        const length = (to.instant ?? 0n) - (from.instant ?? 0n);
        return length > BigInt(measure.longerThan) ? [{ from, to, length: Number(length) }] : [];
      });
      const first = gaps.slice(0, MOST).map(({ from, to, length }) => {
        return { from: evidence(from), to: evidence(to), length };
      });
      const longest = Math.max(...gaps.map(({ length }) => length));
      const [start, end] = [timed[0]?.instant ?? 0n, timed.at(-1)?.instant ?? 0n];
      return {
        measure: measure.id,
        kind: "gap",
        population: timed.length,
        exceptions: gaps.length,
        exceptionEntries: first.map(({ to }) => to),
        gaps: first,
        ...(gaps.length === 0 ? {} : { longest }),
        numbers: {
          ...named(
            probe,
            timed,
            gaps.map(({ to }) => to),
          ),
          ...(gaps.length === 0 ? {} : { longest_seconds: longest / 1e6 }),
          ...(timed.length === 0 ? {} : { span_days: Number(end - start) / DAY }),
        },
      };
    }
    case "policy-replay": {
      const replaying = policy === undefined ? [] : timed;
      const decided = replaying.map((placed) => replayed(placed, policy));
      const odd = decided.filter(({ agrees }) => !agrees).map(({ placed }) => placed);
      const under = decided.filter(({ weaker }) => weaker);
      return {
        ...base,
        population: replaying.length,
        kind: "policy-replay",
        exceptions: odd.length,
        exceptionEntries: listed(odd),
        numbers: {
          ...named(probe, replaying, odd),
          ...shareOf(replaying.length - odd.length, replaying.length),
          under_enforced: under.length,
          under_enforced_elevated: under.filter(({ elevated }) => elevated).length,
          unknown_rules: decided.filter(({ unknown }) => unknown).length,
        },
      };
    }
    default:
      throw new Error(`no naive answer to a ${measure.kind}`);
  }
}

function replayed(
  placed: Placed,
  document: Question["policy"],
): { placed: Placed; agrees: boolean; weaker: boolean; elevated: boolean; unknown: boolean } {
  const { entry, instant = 0n } = placed;
  const policy = document === POLICY_DOCUMENT ? POLICY : undefined;
  if (policy === undefined) throw new Error("expected the policy of the probes");
  let params: unknown = entry.action_params;
  try {
    if (typeof params === "string") params = JSON.parse(params);
  } catch {
    params = undefined;
  }
  const isObject = Object.prototype.toString.call(params) === "[object Object]";
  const decision = policy.evaluate(
    {
      type: naiveText(entry.action_type),
      target: naiveText(entry.action_target),
      description: naiveText(entry.action_desc),
      agentId: naiveText(entry.agent_id),
      params: isObject ? (params as Record<string, unknown>) : undefined,
    },
    { now: new Date(Number(instant / 1000n)) },
  );
  const recorded = naiveLower(naiveText(entry.approval));
  const order = ["auto", "approve", "block"];
  const rule = naiveText(entry.matched_rule).replaceAll(/^[\t\n\v\f\r ]+|[\t\n\v\f\r ]+$/g, "");
  const name = ["<default>", "<no-policy>"].includes(naiveLower(rule)) ? naiveLower(rule) : rule;
  const risks = [naiveText(entry.risk_level), decision.riskLevel].map(naiveLower);
  return {
    placed,
    agrees: recorded === decision.approval && name === decision.matchedRule,
    weaker: order.includes(recorded) && order.indexOf(recorded) < order.indexOf(decision.approval),
    elevated: risks.includes("high") || risks.includes("critical"),
    unknown:
      name !== "" &&
      !["<default>", "<no-policy>"].includes(name) &&
      policy.rules.every(({ label }) => label !== name),
  };
}

function middle(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  const [low, high] = [Math.floor, Math.ceil].map(
    (round) => sorted[round((sorted.length - 1) / 2)],
  );
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

function compareIds(left: number | string, right: number | string): number {
  if (typeof left !== typeof right) return typeof left === "number" ? -1 : 1;
  if (typeof left === "number") return left - Number(right);
  return Buffer.compare(Buffer.from(left), Buffer.from(String(right)));
}

/** The largest first; ties by the bytes of the key. */
function grouped(placed: readonly Placed[], key: Probe["key"]): Group[] {
  const keys = placed.map(({ entry }) => key(entry));
  return [...new Set(keys)]
    .map((one) => ({ key: one, count: keys.filter((other) => other === one).length }))
    .toSorted(bySize);
}

function bySize(left: Group, right: Group): number {
  return right.count - left.count || Buffer.compare(Buffer.from(left.key), Buffer.from(right.key));
}
