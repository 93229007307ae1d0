// What happened when and by whom, found the slow way: spans are pieces of ISO 8601 texts, and
// every number is counted by looking at all entries again.

import type { Activity, ActivityUnit, AgentActivity } from "../../src/model/activity.ts";
import { naiveLower, naiveText } from "../expression/written.ts";
import type { OddEntry } from "../expression/written.ts";

/** An entry in scope with its time in microseconds, if it has a readable one. */
export interface Timed {
  readonly entry: OddEntry;
  readonly instant: bigint | undefined;
}

/** How much of an ISO 8601 text names the span, and what makes its beginning of it. */
const YEAR = ["year", 4, "-01-01T00:00:00Z"] as const;
const UNITS: readonly (readonly [ActivityUnit, number, string])[] = [
  ["hour", 13, ":00:00Z"],
  ["day", 10, "T00:00:00Z"],
  ["month", 7, "-01T00:00:00Z"],
  YEAR,
];

export function naiveActivity(scope: readonly Timed[], most = 2500): Activity {
  const timed = scope.flatMap(({ entry, instant }) =>
    instant === undefined ? [] : [{ entry, iso: isoOf(instant) }],
  );
  const spansBy = (length: number): number =>
    new Set(timed.map(({ iso }) => iso.slice(0, length))).size;
  const [unit, length, rest] = UNITS.find(([, long]) => spansBy(long) <= most) ?? YEAR;
  const startOf = (iso: string): string => iso.slice(0, length) + rest;
  const spans = distinct(timed.map(({ iso }) => startOf(iso))).map((start) => {
    const inside = timed.filter(({ iso }) => startOf(iso) === start).map(({ entry }) => entry);
    const decided = (word: string): number => count(inside, (one) => lower(one.approval) === word);
    const other = ["auto", "approve", "block"].reduce(
      (left, word) => left - decided(word),
      inside.length,
    );
    return {
      start,
      entries: inside.length,
      auto: decided("auto"),
      approve: decided("approve"),
      block: decided("block"),
      other,
      elevated: count(inside, isElevated),
      elevatedApproved: count(
        inside,
        (one) => isElevated(one) && lower(one.human_decision) === "approved",
      ),
    };
  });
  const agents = ranked(
    distinct(scope.map(({ entry }) => naiveText(entry.agent_id))).map((agent) =>
      agentIn(agent, scope),
    ),
  );
  const types = ranked(
    distinct(scope.map(({ entry }) => naiveText(entry.action_type))).map((type) => ({
      type,
      entries: count(scope, ({ entry }) => naiveText(entry.action_type) === type),
    })),
  );
  return {
    unit,
    spans,
    untimed: scope.length - timed.length,
    agents: agents.slice(0, 20),
    ...(agents.length > 20
      ? { others: { agents: agents.length - 20, entries: total(agents.slice(20)) } }
      : {}),
    actionTypes: types.slice(0, 20),
    ...(types.length > 20
      ? { otherTypes: { types: types.length - 20, entries: total(types.slice(20)) } }
      : {}),
  };
}

function agentIn(agent: string, scope: readonly Timed[]): AgentActivity {
  const own = scope.filter(({ entry }) => naiveText(entry.agent_id) === agent);
  const times = own
    .flatMap(({ instant }) => (instant === undefined ? [] : [instant]))
    .toSorted((left, right) => Number(left - right));
  const [first, last] = [times[0], times.at(-1)];
  const rated = (word: string): number =>
    count(own, ({ entry }) => lower(entry.risk_level) === word);
  const [low, medium, high, critical] = [
    rated("low"),
    rated("medium"),
    rated("high"),
    rated("critical"),
  ];
  return {
    agent,
    entries: own.length,
    low,
    medium,
    high,
    critical,
    unrated: own.length - low - medium - high - critical,
    ...(first === undefined || last === undefined
      ? {}
      : { first: isoOf(first), last: isoOf(last) }),
  };
}

function isoOf(instant: bigint): string {
  const fraction = ((instant % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((instant - fraction) / 1000n)).toISOString().slice(0, 19);
  return fraction === 0n ? `${seconds}Z` : `${seconds}.${String(fraction).padStart(6, "0")}Z`;
}

function isElevated(entry: OddEntry): boolean {
  return ["high", "critical"].includes(lower(entry.risk_level));
}

function lower(value: unknown): string {
  return naiveLower(naiveText(value));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted();
}

/** `distinct` has put the names in order, and sorting keeps what is equal in its order. */
function ranked<Item extends { readonly entries: number }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => right.entries - left.entries);
}

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length;
}

function total(items: readonly { readonly entries: number }[]): number {
  return items.reduce((sum, { entries }) => sum + entries, 0);
}
