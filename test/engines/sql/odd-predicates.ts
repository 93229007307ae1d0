// Predicates of every construct over odd values.

import * as fc from "fast-check";
import type {
  Comparison,
  Detector,
  InstantTerm,
  NumberTerm,
  Predicate,
  TextTerm,
} from "../../../src/model/expression.ts";
import { DETECTORS } from "../../../src/model/expression.ts";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { Inputs } from "../../../src/model/inputs.ts";
import { parseInstant } from "../../../src/model/instant.ts";
import { NUL_TEXTS, ODD_TEXTS, ODD_TIMES } from "./odd-values.ts";

const SHORT_TEXTS = ODD_TEXTS.filter((text) => text.length < 100);
const INSTANTS = ODD_TIMES.map(parseInstant).filter((instant) => !Number.isNaN(instant));

/** Texts that stand in the rows, pieces of them, and others. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...SHORT_TEXTS) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...SHORT_TEXTS), fc.nat(6), fc.nat(6))
      .map(([text, from, length]) =>
        Array.from(text)
          .slice(from, from + length)
          .join(""),
      ),
  },
  { weight: 1, arbitrary: fc.constantFrom("", "a", "e", "o", "d", "t", " ") },
  { weight: 1, arbitrary: fc.constantFrom(...NUL_TEXTS, ...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.constantFrom("\ud83d", "\udd12", "\udfffa") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);

const comparison: fc.Arbitrary<Comparison> = fc.constantFrom("==", "!=", "<", "<=", ">", ">=");
const fieldName = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("agent_id", "approval", "session_id", "matched_rule", "risk_level"),
  },
  { weight: 1, arbitrary: fc.constantFrom(...ENTRY_FIELD_NAMES) },
);
const numberField = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("id", "chain_depth") },
  { weight: 1, arbitrary: fc.constantFrom("session_id", "timestamp", "agent_id") },
);
const instantField = fc.oneof(
  { weight: 6, arbitrary: fc.constant("timestamp") },
  { weight: 1, arbitrary: fc.constantFrom("agent_id", "session_id", "action_desc", "action_type") },
);

export const oddNumber: fc.Arbitrary<number> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -8, max: 8 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(0.5, 1.5, -0, -2.25, 2 ** 31, 2 ** 53 - 1, 1 - 2 ** 53, 2000),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(2 ** 53, 2 ** 63, 1e21, Infinity, -Infinity, Number.NaN),
  },
);

const textTerm: fc.Arbitrary<TextTerm> = fc.letrec<{ term: TextTerm }>((tie) => ({
  term: fc.oneof(
    { weight: 8, arbitrary: fieldName.map((name) => ({ kind: "text-field" as const, name })) },
    { weight: 1, arbitrary: oddText.map((value) => ({ kind: "text" as const, value })) },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom("action_params", "result_data")
        .map((name) => ({ kind: "json-text" as const, name })),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constantFrom("lower-ascii" as const, "trim" as const),
        of: tie("term"),
      }),
    },
  ),
})).term;

const numberTerm: fc.Arbitrary<NumberTerm> = fc.oneof(
  { weight: 4, arbitrary: numberField.map((name) => ({ kind: "number-field" as const, name })) },
  { weight: 2, arbitrary: textTerm.map((of) => ({ kind: "size" as const, of })) },
  { weight: 1, arbitrary: oddNumber.map((value) => ({ kind: "number" as const, value })) },
);

const oddInstant = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...INSTANTS) },
  { weight: 1, arbitrary: fc.constantFrom(...INSTANTS).map((instant) => instant + 1) },
  { weight: 1, arbitrary: fc.integer({ min: -4e15, max: 8e15 }) },
);

const instantTerm: fc.Arbitrary<InstantTerm> = fc.oneof(
  { weight: 3, arbitrary: instantField.map((name) => ({ kind: "instant-field" as const, name })) },
  { weight: 1, arbitrary: oddInstant.map((value) => ({ kind: "instant" as const, value })) },
);

/** The constructs, each by its name, over fields and odd values. */
export const ATOMS = {
  boolean: fc.boolean().map((value) => ({ kind: "boolean" as const, value })),
  present: fc
    .constantFrom(...ENTRY_FIELD_NAMES)
    .map((name) => ({ kind: "present" as const, name })),
  "compare texts": fc.record({
    kind: fc.constant("compare" as const),
    operator: comparison,
    left: textTerm,
    right: fc.oneof(
      { weight: 3, arbitrary: oddText.map((value) => ({ kind: "text" as const, value })) },
      { weight: 1, arbitrary: textTerm },
    ),
  }),
  "compare numbers": fc.record({
    kind: fc.constant("compare" as const),
    operator: comparison,
    left: numberTerm,
    right: fc.oneof(
      { weight: 3, arbitrary: oddNumber.map((value) => ({ kind: "number" as const, value })) },
      { weight: 1, arbitrary: numberTerm },
    ),
  }),
  "compare instants": fc.record({
    kind: fc.constant("compare" as const),
    operator: comparison,
    left: instantTerm,
    right: fc.oneof(
      { weight: 3, arbitrary: oddInstant.map((value) => ({ kind: "instant" as const, value })) },
      { weight: 1, arbitrary: instantTerm },
    ),
  }),
  "in-texts": fc.record({
    kind: fc.constant("in-texts" as const),
    term: textTerm,
    values: fc.array(oddText, { maxLength: 6 }),
  }),
  "in-numbers": fc.record({
    kind: fc.constant("in-numbers" as const),
    term: numberTerm,
    values: fc.array(oddNumber, { maxLength: 5 }),
  }),
  contains: searching("contains"),
  "starts-with": searching("starts-with"),
  "ends-with": searching("ends-with"),
  "has-word": fc.record({
    kind: fc.constant("has-word" as const),
    term: textTerm,
    words: fc.array(
      fc.constantFrom(
        "delete",
        "user",
        "sha256",
        "sum",
        "a",
        "auto",
        "2",
        "2delete",
        "Delete",
        "x y",
        "",
      ),
      { maxLength: 4 },
    ),
  }),
  listed: fc.record({
    kind: fc.constant("listed" as const),
    term: textTerm,
    input: fc.constantFrom("roster" as const, "allow-list" as const),
  }),
  "in-incident": fc.constant({ kind: "in-incident" as const }),
  detects: fc.record({
    kind: fc.constant("detects" as const),
    detector: fc.constantFrom<Detector>(...DETECTORS),
    term: textTerm,
  }),
} satisfies Record<string, fc.Arbitrary<Predicate>>;

function searching<Kind extends "contains" | "starts-with" | "ends-with">(kind: Kind) {
  return fc.record({ kind: fc.constant(kind), term: textTerm, value: oddText });
}

/** Any of the constructs, inside one another. */
export const oddPredicate: fc.Arbitrary<Predicate> = fc.letrec<{ predicate: Predicate }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 3, arbitrary: fc.oneof(...(Object.values(ATOMS) as fc.Arbitrary<Predicate>[])) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constantFrom("and" as const, "or" as const),
        of: fc.array(tie("predicate"), { maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: tie("predicate").map((of) => ({ kind: "not" as const, of })) },
  ),
})).predicate;

/** Lists beside the log. */
export const oddInputs: fc.Arbitrary<Inputs> = fc.record(
  {
    roster: fc.array(oddText, { maxLength: 5 }),
    allowList: fc.array(fc.oneof(oddText, fc.constantFrom("*.to", "*.", "*", "auto")), {
      maxLength: 5,
    }),
    incidents: fc.array(
      fc.record(
        {
          id: fc.constant("i"),
          from: oddInstant,
          to: oddInstant,
          agents: fc.array(oddText, { maxLength: 3 }),
        },
        { requiredKeys: ["id", "from"] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: [] },
);
