// What is kept of each entry for a set of measures: one bit for each different predicate, one
// code for each different field, or a hash where hardly any value comes twice. Measures that ask
// alike share all three.

import { compileNumber, compilePredicate, compileText } from "../../../expression/compile.ts";
import type { Row, RowTest, SlotOf } from "../../../expression/compile.ts";
import { ENTRY_FIELDS } from "../../../model/audit-entry.ts";
import type { EntryField } from "../../../model/audit-entry.ts";
import type { Inputs } from "../../../model/inputs.ts";
import { isNaive } from "../../../model/instant.ts";
import { NAIVE } from "./needs.ts";
import type { Asked, Needs } from "./needs.ts";

/** A predicate's bit: in which word of the masks, and which of its bits. */
export interface PlannedTest {
  readonly word: number;
  readonly mask: number;
  readonly holds: RowTest;
  /** By word: bits of which one must be set for it to be asked. Empty: always asked. */
  readonly when: readonly number[];
}

export interface PlannedColumn {
  readonly name: string;
  /** Columns of one dictionary can be compared. */
  readonly dictionary: string;
  readonly read: (row: Row) => string | number;
  /** By word: bits of which one must be set for it to be kept. */
  readonly when: readonly number[];
}

/** A field whose texts are kept as hashes of 64 bits. */
export interface PlannedHash {
  readonly field: EntryField;
  /** "" where the entry does not record it. */
  readonly read: (row: Row) => string;
  /** By word: bits of which one must be set for it to be kept. */
  readonly when: readonly number[];
}

export interface Plan {
  /** Number of mask words. */
  readonly words: number;
  /** Those that decide whether an entry is kept. */
  readonly roles: readonly PlannedTest[];
  readonly asks: readonly PlannedTest[];
  readonly columns: readonly PlannedColumn[];
  readonly hashes: readonly PlannedHash[];
  /** By word: bits of which one must be set for an entry without a readable time to be kept. */
  readonly untimed: readonly number[];
  /** The bit of something that was planned. */
  readonly bitOf: (asked: Asked) => Pick<PlannedTest, "word" | "mask">;
}

/** Bits in a word. */
const WIDTH = 32;

/** @param slotOf where fields stand in a row; negative for fields that are never recorded */
export function planFor(all: readonly Needs[], slotOf: SlotOf, inputs: Inputs = {}): Plan {
  const bits = new Map<string, { readonly asked: Asked; readonly users: Set<Needs> }>();
  const take = (asked: Asked, user: Needs): void => {
    const key = keyOf(asked);
    const known = bits.get(key);
    if (known === undefined) bits.set(key, { asked, users: new Set([user]) });
    else known.users.add(user);
  };
  for (const needs of all) for (const role of needs.roles) take(role, needs);
  const roleCount = bits.size;
  for (const needs of all) for (const asked of needs.asks) take(asked, needs);

  const keys = [...bits.keys()];
  const words = Math.ceil(keys.length / WIDTH);
  const bitOf = (asked: Asked): Pick<PlannedTest, "word" | "mask"> => {
    const index = keys.indexOf(keyOf(asked));
    return { word: Math.floor(index / WIDTH), mask: 1 << (index % WIDTH) };
  };
  const roleBits = (users: Iterable<Needs>): number[] => {
    const masks = Array.from({ length: words }, () => 0);
    for (const { roles } of users) {
      for (const role of roles) {
        const { word, mask } = bitOf(role);
        masks[word] = (masks[word] ?? 0) | mask;
      }
    }
    return masks;
  };
  const tests = [...bits.values()].map(({ asked, users }, index): PlannedTest => {
    const { word, mask } = bitOf(asked);
    const holds = asked === NAIVE ? naiveTest(slotOf) : compilePredicate(asked, slotOf, inputs);
    return { word, mask, holds, when: index < roleCount ? [] : roleBits(users) };
  });

  const columns = new Map<string, Omit<PlannedColumn, "when"> & { readonly users: Set<Needs> }>();
  for (const needs of all) {
    const wanted = [
      ...needs.texts.filter((field) => !isHashed(field)).map((field) => textColumn(field, slotOf)),
      ...needs.numbers.map((field) => numberColumn(field, slotOf)),
    ];
    for (const column of wanted) {
      const known = columns.get(column.name);
      if (known === undefined) columns.set(column.name, { ...column, users: new Set([needs]) });
      else known.users.add(needs);
    }
  }
  const hashed = new Set(all.flatMap(({ texts }) => texts.filter(isHashed)));
  return {
    words,
    roles: tests.slice(0, roleCount),
    asks: tests.slice(roleCount),
    columns: [...columns.values()].map(({ name, dictionary, read, users }) => {
      return { name, dictionary, read, when: roleBits(users) };
    }),
    hashes: [...hashed].map((field) => ({
      field,
      read: compileText({ kind: "json-text", name: field }, slotOf),
      when: roleBits(all.filter(({ texts }) => texts.includes(field))),
    })),
    untimed: roleBits(all.filter(({ untimed }) => untimed)),
    bitOf,
  };
}

/** Name of the column that holds a field's texts. */
export function textColumnName(field: EntryField): string {
  return field;
}

/** Name of the column that holds a field's numbers. */
export function numberColumnName(field: EntryField): string {
  return `number:${field}`;
}

/** JSON texts: in most logs each is long, and each is another. */
export function isHashed(field: EntryField): boolean {
  return ENTRY_FIELDS[field] === "json";
}

function keyOf(asked: Asked): string {
  return JSON.stringify(asked);
}

function textColumn(field: EntryField, slotOf: SlotOf): Omit<PlannedColumn, "when"> {
  return {
    name: textColumnName(field),
    dictionary: field === "parent_agent_id" ? "agent_id" : field,
    read: compileText({ kind: "text-field", name: field }, slotOf),
  };
}

/** Only whole numbers that a double holds exactly are numbers here; anything else is unrecorded. */
function numberColumn(field: EntryField, slotOf: SlotOf): Omit<PlannedColumn, "when"> {
  const numberOf = compileNumber({ kind: "number-field", name: field }, slotOf);
  return {
    name: numberColumnName(field),
    dictionary: numberColumnName(field),
    read: (row) => {
      const value = numberOf(row);
      return Number.isSafeInteger(value) ? value : Number.NaN;
    },
  };
}

function naiveTest(slotOf: SlotOf): RowTest {
  const slot = slotOf("timestamp");
  return (row) => {
    const text = row[slot];
    return typeof text === "string" && isNaive(text);
  };
}
