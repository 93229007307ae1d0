// Random logs and random questions about them.

import * as fc from "fast-check";
import { parseNumber, parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import { formatInstant } from "../../src/model/instant.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { Period } from "../../src/model/period.ts";
import { naiveLower, naiveText, oddValue, written } from "../expression/written.ts";
import type { OddEntry, Written } from "../expression/written.ts";
import type { Question } from "../../src/engines/engine.ts";
import { DUPLICATE, POLICY_DOCUMENT, REASONS, Refused } from "./naive.ts";
import type { Probe } from "./naive.ts";

export const HOUR = 3_600_000_000;
/** 2026-01-01T00:00:00Z. */
export const START = 1_767_225_600_000_000;

/** Instants that crowd around whole hours, so that silences of just an hour are common. */
export const instant = fc
  .tuple(fc.integer({ min: -3, max: 9 }), fc.constantFrom(-1, 0, 0, 0, 1, 999_999, 1_800_000_000))
  .map(([hours, more]) => START + hours * HOUR + more);

/** One of several spellings of an instant. */
function spelled(at: number, spelling: number): string {
  const text = formatInstant(at);
  const local = text.slice(0, -6);
  switch (spelling) {
    case 0:
      return text;
    case 1:
      return `${local}Z`;
    case 2:
      return local.replace("T", " ");
    case 3:
      return `${formatInstant(at + 2 * HOUR).slice(0, -6)}+0200`;
    default:
      return `${formatInstant(at - 5.5 * HOUR).slice(0, -6)}-05:30`;
  }
}

const timestamp = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(instant, fc.nat(4)).map(([at, how]) => spelled(at, how)) },
  fc.constantFrom<unknown>(
    undefined,
    null,
    "",
    "soon",
    "2026-02-30T00:00:00Z",
    START,
    "2026-01-01",
  ),
);

const id = fc.oneof(
  { weight: 12, arbitrary: fc.nat(30) },
  fc.constantFrom<unknown>(undefined, null, "", "a", "b", "10", "é", "Ａ", "🔒", 7n, -3, 1.5),
  fc.constantFrom<unknown>(Number.NaN, Infinity, 2 ** 53, 2 ** 53 - 1, true, {}),
);

const word = fc.constantFrom<unknown>(
  "a",
  "A",
  "auto",
  "Auto ",
  "",
  null,
  undefined,
  7,
  "🔒",
  "Ａ",
);

const entry = fc.record(
  {
    id,
    timestamp,
    agent_id: word,
    approval: word,
    matched_rule: word,
    session_id: fc.oneof(word, oddValue),
    action_params: fc.oneof(
      oddValue,
      fc.constantFrom<unknown>('{"x":1}', { x: 1 }, { x: 2 }, '{"x":1', '["x"]', '{"z":"y"}'),
    ),
    chain_depth: fc.constantFrom<unknown>(0, 1, 7, "7", null, undefined),
  },
  { requiredKeys: ["id", "timestamp"] },
);

/** A log with everything that should not be in one. */
export const log: fc.Arbitrary<OddEntry[]> = fc.array(entry, { maxLength: 40 });

/** The same, with records among them that are no entries. */
export const strangeLog: fc.Arbitrary<unknown[]> = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: entry },
    fc.constantFrom<unknown>(null, undefined, 5, "entry", [], [1], true),
  ),
  { maxLength: 40 },
);

/** The same, with records that a source refused and actions that were there already. */
export const foreignLog: fc.Arbitrary<unknown[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: entry },
    { weight: 2, arbitrary: fc.constantFrom(...REASONS).map((reason) => new Refused(reason)) },
    { weight: 2, arbitrary: fc.constant(DUPLICATE) },
  ),
  { maxLength: 150 },
);

export const period: fc.Arbitrary<Period> = fc.record(
  { start: instant, end: instant },
  { requiredKeys: [] },
);

const always: Written = { cel: "true", holds: () => true };
const condition = fc.oneof(fc.constant(always), written);
const key = fc.constantFrom(
  { cel: "agent_id", text: (one: OddEntry) => naiveText(one.agent_id) },
  { cel: "approval.lowerAscii()", text: (one: OddEntry) => naiveLower(naiveText(one.approval)) },
);
const width = fc.constantFrom(HOUR, HOUR, HOUR - 1, 1, 1_000_000, 25 * HOUR);

/** One measure of each kind that needs no order, over random conditions. */
export const probes: fc.Arbitrary<Probe[]> = fc
  .tuple(condition, condition, condition, key, width, fc.integer({ min: 0, max: 3 }))
  .map(([population, chosen, other, by, longerThan, most]) => {
    const test = parsePredicate(chosen.cel, ENTRY_SCHEMA);
    const second = parsePredicate(other.cel, ENTRY_SCHEMA);
    const opposite = parsePredicate(`!(${other.cel})`, ENTRY_SCHEMA);
    const all = parsePredicate("true", ENTRY_SCHEMA);
    const text = parseText(by.cel, ENTRY_SCHEMA);
    const session = parseText("session_id", ENTRY_SCHEMA);
    const asked = parsePredicate(population.cel, ENTRY_SCHEMA);
    const base = {
      title: "",
      question: "",
      limitations: "",
      population: asked,
      fields: [
        ...new Set([
          ...[asked, test, second, text, session].flatMap(({ fields }) => fields),
          "timestamp",
          "chain_depth",
        ]),
      ] as EntryField[],
      counts: [
        { name: "chosen_entries", of: "population", where: test },
        { name: "other_exceptions", of: "exceptions", where: second },
      ],
      shares: [{ name: "other_share", among: test, part: second }],
    } as const;
    const measures: Measure[] = [
      { ...base, id: "count", kind: "count", exception: test },
      { ...base, id: "ratio-part", kind: "ratio", part: test, exceptions: "part" },
      { ...base, id: "ratio-rest", kind: "ratio", part: test, exceptions: "rest" },
      { ...base, id: "groups", kind: "groups", by: text },
      { ...base, id: "top", kind: "share-of-top", among: test, by: text },
      {
        ...base,
        id: "distinct",
        kind: "distinct",
        of: [{ name: "keys", value: text }],
        per: session,
      },
      { ...base, id: "difference", kind: "set-difference", by: text, reference: "roster" },
      {
        ...base,
        id: "profile",
        kind: "profile",
        part: test,
        steps: [
          { name: "low", where: opposite },
          { name: "middle", where: all },
          { name: "high", where: second },
        ],
        atLeast: most + 1,
      },
      {
        ...base,
        id: "max",
        kind: "max",
        of: parseNumber("chain_depth", ENTRY_SCHEMA),
        above: most,
      },
      { ...base, id: "reach", kind: "reach" },
      { ...base, id: "identity", kind: "identity" },
      {
        ...base,
        id: "spike",
        kind: "spike",
        bucket: longerThan,
        deviations: most,
        times: 1.5,
        atLeast: most,
      },
      { ...base, id: "gap", kind: "gap", longerThan },
      { ...base, id: "replay", kind: "policy-replay" },
    ];
    return measures.map((measure) => ({
      measure,
      population: population.holds,
      chosen: chosen.holds,
      other: other.holds,
      key: by.text,
    }));
  });

/** What is asked of a log by probes, with what the log cannot hold. */
export function questionOf(asked: readonly Probe[], within: Period, now: number): Question {
  return {
    measures: asked.map(({ measure }) => measure),
    period: within,
    now,
    inputs: { roster: ["a", "auto", "7"], deployedSince: START - 25 * HOUR },
    policy: POLICY_DOCUMENT,
  };
}

/** Numbers from 0 to below 1 that look random and are the same for the same seed. */
export function sequence(seed: number): () => number {
  let state = seed % 2_147_483_646;
  return () => {
    state = ((state + 1) * 48_271) % 2_147_483_647;
    return state / 2_147_483_648;
  };
}

/** A longer log, made of a seed: some hundreds of entries cost fast-check too much. */
export function longLog(seed: number, length: number): OddEntry[] {
  const next = sequence(seed);
  const upTo = (most: number): number => Math.floor(next() * most);
  const oneOf = (...values: readonly unknown[]): unknown => values[upTo(values.length)];
  return Array.from({ length }, (_, index) => ({
    id: upTo(20) === 0 ? oneOf("x", "y", null, 3, 2n, "") : index + upTo(3),
    timestamp:
      upTo(15) === 0
        ? oneOf(null, "soon", "", 5)
        : spelled(START + upTo(60) * HOUR + upTo(3) * 600_000_000, upTo(5)),
    agent_id: oneOf("a", "b", "c", "", null, upTo(90)),
    approval: oneOf("auto", "AUTO", "approve", "block", ""),
    matched_rule: oneOf("r", "", null),
    chain_depth: oneOf(0, 1, 2, null),
    ...(upTo(2) === 0 ? { action_params: "{}" } : {}),
  }));
}
