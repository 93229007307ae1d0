// How much is put into one statement. More would run into what databases allow for its text, its
// depth and its values: SQLite 1000 levels, ClickHouse less than 1000 values and 256 KB of text.

import type { Predicate, Term } from "../../model/expression.ts";
import type { Fragment } from "./fragment.ts";

const MOST_PARTS = 300;
const MOST_LEVELS = 50;
const MOST_VALUES = 400;
const MOST_VALUE_BYTES = 8192;
const MOST_SQL_CHARACTERS = 131_072;

/** Whether a predicate is small enough to be compiled. */
export function isShallow(predicate: Predicate): boolean {
  let parts = 0;
  const visit = (part: Predicate | Term, level: number): boolean => {
    parts += 1;
    return (
      parts <= MOST_PARTS &&
      level <= MOST_LEVELS &&
      insideOf(part).every((inner) => visit(inner, level + 1))
    );
  };
  return visit(predicate, 1);
}

function insideOf(part: Predicate | Term): readonly (Predicate | Term)[] {
  if ("of" in part) return Array.isArray(part.of) ? part.of : [part.of as Predicate | Term];
  if ("left" in part) return [part.left, part.right];
  return "term" in part ? [part.term] : [];
}

/** Whether a piece of SQL is short enough to be sent. */
export function isShort(fragment: Fragment): boolean {
  let characters = 0;
  let bytes = 0;
  let values = 0;
  for (const part of fragment) {
    if (typeof part === "string") {
      characters += part.length;
    } else {
      values += 1;
      bytes += Buffer.byteLength(String(part.value));
    }
  }
  return values <= MOST_VALUES && bytes <= MOST_VALUE_BYTES && characters <= MOST_SQL_CHARACTERS;
}
