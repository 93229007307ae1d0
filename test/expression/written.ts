// Random conditions written as CEL, each with a second, deliberately naive meaning.

import * as fc from "fast-check";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { read } from "../model/naive-instant.ts";

/** An entry whose fields may hold anything. */
export type OddEntry = { readonly [Field in keyof AuditEntry]?: unknown };

/** CEL text, and what it must answer. */
export interface Written {
  readonly cel: string;
  readonly holds: (entry: OddEntry) => boolean;
}

export interface WrittenText {
  readonly cel: string;
  readonly text: (entry: OddEntry) => string;
}

export const ODD_TEXTS = [
  ..."a A auto AUTO approve block 0 7 -0 NaN HIGH high HİGH K \u212a k é É e\u0301 Ａ 🔒 𐐀".split(
    " ",
  ),
  ..."<default> <no-policy> null % _ ' \" \\ \0 \ufeffa \u00a0 \u2028".split(" "),
  "",
  " ",
  "\n",
  " Auto\t",
];

/** Times that can be read, in several spellings, and texts that are none. */
const TIMES = [
  "2026-01-01T00:00:00Z",
  "2026-01-01 00:00:00",
  "2026-01-01T00:00:00.000001+00:00",
  "2026-01-01T02:00:00+0200",
  "1969-12-31T23:59:59.999999Z",
];
const NO_TIMES = ["2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "yesterday"];

/** Anything that a field of a hostile entry may hold. */
export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...TIMES, ...NO_TIMES) },
  fc.constantFrom(undefined, null, 0, -0, 1, 2, 3, 7, 1.5, 1e21, Number.NaN, Infinity),
  fc.constantFrom<unknown>(0n, 7n, true, false, {}, [], ["a"], new Date(0), Symbol("s")),
  fc.anything({ withBigInt: true }),
);

const FIELDS = ["agent_id", "approval", "matched_rule", "session_id"] as const;

export function naiveText(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "bigint" ? `${value}` : "";
}

const CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const BLANKS = "\t\n\v\f\r ";

export function naiveLower(text: string): string {
  const small = "abcdefghijklmnopqrstuvwxyz";
  return text
    .split("")
    .map((one) => small[CAPITALS.indexOf(one)] ?? one)
    .join("");
}

function naiveTrim(text: string): string {
  if (text === "") return "";
  if (BLANKS.includes(text.slice(0, 1))) return naiveTrim(text.slice(1));
  return BLANKS.includes(text.slice(-1)) ? naiveTrim(text.slice(0, -1)) : text;
}

const field: fc.Arbitrary<WrittenText> = fc
  .constantFrom(...FIELDS)
  .map((name) => ({ cel: name, text: (entry) => naiveText(entry[name]) }));

const textLiteral = fc.constantFrom(...ODD_TEXTS);

const textTerm: fc.Arbitrary<WrittenText> = fc.oneof(
  { weight: 3, arbitrary: field },
  textLiteral.map((text) => ({ cel: JSON.stringify(text), text: () => text })),
  field.map(({ cel, text }) => ({
    cel: `${cel}.lowerAscii()`,
    text: (entry: OddEntry) => naiveLower(text(entry)),
  })),
  field.map(({ cel, text }) => ({
    cel: `${cel}.trim().lowerAscii()`,
    text: (entry: OddEntry) => naiveLower(naiveTrim(text(entry))),
  })),
);

const OPERATORS = ["==", "!=", "<", "<=", ">", ">="] as const;
type Operator = (typeof OPERATORS)[number];
const operator = fc.constantFrom(...OPERATORS);

function ordered(order: number, how: Operator): boolean {
  if (how === "==") return order === 0;
  if (how === "!=") return order !== 0;
  if (how === "<") return order < 0;
  if (how === "<=") return order <= 0;
  return how === ">" ? order > 0 : order >= 0;
}

/** With nothing on either side only `!=` holds. */
function orderedNumbers(left: number | undefined, right: number | undefined, how: Operator) {
  if (left === undefined || right === undefined) return how === "!=";
  return ordered(left === right ? 0 : left - right, how);
}

function naiveNumber(value: unknown): number | undefined {
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && !Number.isNaN(number) ? number : undefined;
}

function naiveInstant(value: unknown): number | undefined {
  const reading = typeof value === "string" ? read(value) : undefined;
  return reading === undefined ? undefined : Number(reading.microseconds);
}

const atom: fc.Arbitrary<Written> = fc.oneof(
  fc.boolean().map((value) => ({ cel: `${value}`, holds: () => value })),
  fc.tuple(textTerm, operator, textTerm).map(([left, how, right]) => ({
    cel: `${left.cel} ${how} ${right.cel}`,
    holds: (entry: OddEntry) =>
      ordered(Buffer.compare(Buffer.from(left.text(entry)), Buffer.from(right.text(entry))), how),
  })),
  fc.tuple(operator, fc.constantFrom(-1, 0, 1, 2, 7)).map(([how, right]) => ({
    cel: `chain_depth ${how} ${right}`,
    holds: (entry: OddEntry) => orderedNumbers(naiveNumber(entry.chain_depth), right, how),
  })),
  fc.tuple(operator, fc.constantFrom(...TIMES)).map(([how, text]) => ({
    cel: `timestamp ${how} timestamp("${text}")`,
    holds: (entry: OddEntry) =>
      orderedNumbers(naiveInstant(entry.timestamp), naiveInstant(text), how),
  })),
  fc.constantFrom(...FIELDS).map((name) => ({
    cel: `present(${name})`,
    holds: (entry: OddEntry) => naiveText(entry[name]) !== "",
  })),
  fc.constant<Written>({
    cel: "present(action_params)",
    holds: ({ action_params: value }) => value !== undefined && value !== null && value !== "",
  }),
  fc.tuple(textTerm, fc.array(textLiteral, { maxLength: 3 })).map(([term, values]) => ({
    cel: `${term.cel} in ${JSON.stringify(values)}`,
    holds: (entry: OddEntry) => values.some((value) => value === term.text(entry)),
  })),
  fc.array(fc.constantFrom(-1, 0, 1, 7), { maxLength: 3 }).map((values) => ({
    cel: `chain_depth in ${JSON.stringify(values)}`,
    holds: (entry: OddEntry) => values.some((value) => value === naiveNumber(entry.chain_depth)),
  })),
  fc
    .tuple(textTerm, fc.constantFrom("contains", "startsWith", "endsWith"), textLiteral)
    .map(([term, method, part]) => ({
      cel: `${term.cel}.${method}(${JSON.stringify(part)})`,
      holds: (entry: OddEntry) => {
        const whole = term.text(entry);
        const at = Array.from({ length: whole.length + 1 }, (_, index) => index).filter(
          (index) => whole.slice(index, index + part.length) === part,
        );
        if (method === "contains") return at.length > 0;
        return at.includes(method === "startsWith" ? 0 : whole.length - part.length);
      },
    })),
  fc
    .tuple(fc.array(textLiteral, { minLength: 1, maxLength: 3 }), field)
    .map(([words, { cel, text }]) => ({
      cel: `${JSON.stringify(words)}.exists(w, w == ${cel} || ${cel}.contains(w))`,
      holds: (entry: OddEntry) =>
        words.some((word) => text(entry).split(word).length > 1 || word === ""),
    })),
);

/** Conditions up to a few levels deep. */
export const written: fc.Arbitrary<Written> = fc.letrec<{ any: Written }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    atom,
    tie("any").map(({ cel, holds }) => ({
      cel: `!(${cel})`,
      holds: (entry: OddEntry) => !holds(entry),
    })),
    fc
      .tuple(fc.array(tie("any"), { minLength: 2, maxLength: 4 }), fc.boolean())
      .map(([parts, all]) => ({
        cel: parts.map(({ cel }) => `(${cel})`).join(all ? " && " : " || "),
        holds: (entry: OddEntry) =>
          all ? parts.every((part) => part.holds(entry)) : parts.some((part) => part.holds(entry)),
      })),
    fc.tuple(tie("any"), tie("any"), fc.boolean()).map(([left, right, same]) => ({
      cel: `(${left.cel}) ${same ? "==" : "!="} (${right.cel})`,
      holds: (entry: OddEntry) => (left.holds(entry) === right.holds(entry)) === same,
    })),
  ),
})).any;

/** Entries whose fields hold anything. */
export const oddEntry: fc.Arbitrary<OddEntry> = fc.record(
  {
    timestamp: oddValue,
    agent_id: oddValue,
    approval: oddValue,
    matched_rule: oddValue,
    session_id: oddValue,
    action_params: oddValue,
    chain_depth: oddValue,
  },
  { requiredKeys: [] },
);
