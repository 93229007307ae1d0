// JSON Lines with everything that should not be in them, made of a seed, and what a reader
// must make of each line.

import { formatInstant } from "../../../src/model/instant.ts";
import type { OddEntry } from "../../expression/written.ts";
import { HOUR, START, sequence } from "../logs.ts";
import { Refused } from "../naive.ts";

/** One record of a written log. */
export interface WrittenRecord {
  readonly item: OddEntry | Refused;
  /** From 1. */
  readonly line: number;
}

export interface WrittenLog {
  readonly bytes: Buffer;
  readonly records: readonly WrittenRecord[];
}

const REFUSED: readonly (readonly [Buffer, Refused])[] = [
  [Buffer.from('{"id": 1'), new Refused("malformed")],
  [Buffer.from("nope 🔒"), new Refused("malformed")],
  [Buffer.from([0x22, 0xff, 0x22]), new Refused("invalid-utf-8")],
  [Buffer.from('{"id":1,"\\u0069d":2}'), new Refused("duplicate-key")],
  [Buffer.from("[1, 2]"), new Refused("not-an-entry")],
  [Buffer.from('"é"'), new Refused("not-an-entry")],
];
const BLANKS = ["", " ", "\t "];

/** A log of so many lines; the same for the same seed. */
export function writtenLog(seed: number, lines: number): WrittenLog {
  const next = sequence(seed);
  const upTo = (most: number): number => Math.floor(next() * most);
  const oneOf = <Value>(...values: readonly Value[]): Value => values[upTo(values.length)] as Value;
  const pieces: Buffer[] = upTo(4) === 0 ? [Buffer.from("\ufeff")] : [];
  const records: WrittenRecord[] = [];

  const entry = (line: number): OddEntry => ({
    id: upTo(20) === 0 ? oneOf<unknown>("x", "é", null, 3, "") : line + upTo(2),
    timestamp:
      upTo(15) === 0
        ? oneOf<unknown>(null, "soon", "")
        : formatInstant(START + upTo(60) * HOUR + upTo(3) * 600_000_000),
    agent_id: oneOf<unknown>("a", "b", "ä🔒", "", null, `agent ${upTo(90)}`),
    approval: oneOf("auto", "AUTO", "approve", "block", ""),
    matched_rule: oneOf<unknown>("r", "", null),
    session_id: "x".repeat(upTo(40)),
    chain_depth: oneOf<unknown>(0, 1, 2, null),
    ...(upTo(2) === 0 ? { action_params: oneOf<unknown>("{}", { "a\n": [1, "ü"] }, [], 0) } : {}),
  });

  for (let line = 1; line <= lines; line += 1) {
    const kind = upTo(20);
    if (kind === 0) {
      pieces.push(Buffer.from(oneOf(...BLANKS)));
    } else if (kind === 1) {
      const [text, item] = REFUSED[upTo(REFUSED.length)] as (typeof REFUSED)[number];
      pieces.push(text);
      records.push({ item, line });
    } else {
      const item = entry(line);
      pieces.push(Buffer.from(JSON.stringify(item)));
      records.push({ item, line });
    }
    if (line < lines || upTo(2) === 0) pieces.push(Buffer.from(oneOf("\n", "\n", "\r\n")));
  }
  return { bytes: Buffer.concat(pieces), records };
}
