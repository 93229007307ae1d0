// Records in an entry's own fields, and whatever may become of their bytes.

import * as fc from "fast-check";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import { formatInstant } from "../../../src/model/instant.ts";
import { csvCell } from "../../sources/mutations.ts";
import { HOUR, START } from "../logs.ts";

const word = fc.constantFrom<unknown>("auto", "AUTO", "approve", "block", "r", "é🔒", "", null);
const odd = fc.constantFrom<unknown>(
  7,
  -0,
  1.5,
  1e21,
  2 ** 53,
  true,
  [],
  ["a"],
  {},
  { a: { b: 1 } },
  "\ud800",
  "\ufeffx",
  'a"\\\n',
);
const text = fc.oneof({ weight: 12, arbitrary: word }, odd);
const json = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>("{}", null, "", { q: "x, y", n: [1, 2.5, null] }),
  },
  fc.jsonValue({ maxDepth: 3 }),
  odd,
);
const at = fc.integer({ min: 0, max: 60 }).map((half) => formatInstant(START + (half * HOUR) / 2));

/** An entry, sometimes with a field that is none. */
export const ownEntry: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  {
    id: fc.oneof(
      { weight: 9, arbitrary: fc.nat(99) },
      fc.constantFrom<unknown>("x", "17", null, "", 2 ** 60, -4),
    ),
    timestamp: fc.oneof(
      { weight: 9, arbitrary: at },
      fc.constantFrom<unknown>("soon", null, "", 5),
    ),
    session_id: text,
    agent_id: text,
    action_type: text,
    action_params: json,
    approval: word,
    matched_rule: text,
    human_decision: word,
    result_data: json,
    chain_depth: fc.oneof(
      { weight: 9, arbitrary: fc.nat(3) },
      fc.constantFrom<unknown>("7", null, -1, 1.5),
    ),
  },
  { requiredKeys: ["id", "timestamp", "approval"] },
);

/** How a line is written. */
export const style = fc.constantFrom("compact", "spaced", "escaped");

/** JSON text of a record in one of several styles. */
export function jsonLine(record: unknown, written: string): Buffer {
  const compact = JSON.stringify(record);
  if (written === "compact") return Buffer.from(compact);
  if (written === "spaced") {
    return Buffer.from(compact.replaceAll(/("(?:[^"\\]|\\.)*")|([:,])/g, "$1$2 "));
  }
  return Buffer.from(
    compact.replaceAll(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    ),
  );
}

/** Some columns of an entry, always with enough to be one. */
export const columns: fc.Arbitrary<readonly string[]> = fc
  .shuffledSubarray([...ENTRY_FIELD_NAMES], { minLength: 2 })
  .map((names) => [...new Set(names.concat("action_type", "approval", "timestamp"))]);

const cell = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.constantFrom("", "auto", "approve", "a b", "é🔒", '{"q":"x, y"}', "7"),
  },
  at,
  fc.nat(99).map(String),
  fc.constantFrom(
    "-3",
    "007",
    "9007199254740993",
    "1.5",
    "x\r\ny",
    "\n",
    '"',
    '""',
    "\ufeff",
    " 1",
  ),
);

/** A row of cells, quoted where it must be and sometimes where it need not. */
export const csvRow = (width: number): fc.Arbitrary<Buffer> =>
  fc
    .tuple(fc.array(cell, { minLength: width, maxLength: width }), fc.boolean())
    .map(([cells, quoted]) => Buffer.from(cells.map((one) => csvCell(one, quoted)).join(",")));
