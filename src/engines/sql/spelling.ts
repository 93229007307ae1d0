// What a dialect must be able to spell. Everything else is the same in all of them.

import type { Fragment, ValueType } from "./fragment.ts";
import type { ColumnKind, DialectName } from "./log-table.ts";
import type { SqlValue } from "./statement.ts";

/** How a dialect writes names and values. */
export interface Notation {
  readonly name: DialectName;
  /** The mark around names. */
  readonly quote: '"' | "`";
  /** A backslash inside a quoted name or literal has a meaning. */
  readonly backslashEscapes: boolean;
  /** Most UTF-8 bytes of a name, where longer ones are cut in silence. */
  readonly longestName?: number;
  /** Names that the database could take for the text of an expression, whatever marks are around them. */
  readonly mistakable?: RegExp;
  /** The placeholder of a value; undefined where one of its type is written as a literal. */
  readonly placeholder: (position: number, type: ValueType) => string | undefined;
  /** A value as a literal, where there is no placeholder. */
  readonly literal?: (value: SqlValue) => string;
}

/** How columns are read. Results may be NULL. */
export interface Columns {
  /** A value as it is handed over where whole numbers are expected. */
  readonly deliveredNumber: (column: Fragment, kind: ColumnKind) => Fragment;
  /** A value as it is handed over where text is expected. */
  readonly deliveredText: (column: Fragment, kind: ColumnKind) => Fragment;
  /** Whether the value is recorded, as `isRecorded` has it: true or false. */
  readonly recorded: (column: Fragment, kind: ColumnKind, type: "json" | "plain") => Fragment;
  /** A whole number in a type that every client hands over as a number. */
  readonly smallInteger: (value: Fragment) => Fragment;
}

/**
 * How predicates are put. Texts are never NULL and are compared by their bytes; tests are true or
 * false; numbers are NULL for nothing. What is absent or undefined cannot be said exactly.
 */
export interface Tests {
  /** A column as text, "" where it is unrecorded. */
  readonly text: (column: Fragment, kind: ColumnKind) => Fragment | undefined;
  /** A column as the number that is handed over for it. */
  readonly number: (column: Fragment, kind: ColumnKind) => Fragment;
  /** Microseconds of a column of kind `timestamp`. */
  readonly micros: (column: Fragment) => Fragment;
  /** Written behind a text that is compared. */
  readonly collation: Fragment;
  /** No text is anything but UTF-8, so its bytes say what JavaScript will see. */
  readonly alwaysUtf8: boolean;
  readonly takesNul: boolean;
  /** Numbers of columns may have fractions. */
  readonly hasFractions: boolean;
  readonly lowerAscii: (text: Fragment) => Fragment;
  /** Without the characters at both ends; `characters` has no pattern's meaning but that of a range. */
  readonly trimAscii: (text: Fragment) => Fragment;
  readonly contains: (text: Fragment, part: Fragment) => Fragment;
  readonly startsWith: (text: Fragment, part: Fragment) => Fragment;
  readonly endsWith: (text: Fragment, part: Fragment) => Fragment;
  /** A number as a double, rounded as JavaScript rounds it. */
  readonly asDouble?: (number: Fragment) => Fragment;
  /** How many Unicode code points. */
  readonly size?: (text: Fragment) => Fragment;
  /** Whether a pattern of groups, classes of ASCII and both ends matches. */
  readonly matches?: (text: Fragment, pattern: Fragment) => Fragment;
}

/** The pieces of reading an instant's text. Each is asked only of text that is one. */
export interface InstantText {
  /** Whether a text has the form of an instant, a real day included. */
  readonly isInstant: (text: Fragment) => Fragment;
  /** The digits behind the point, "" for none. */
  readonly fraction: (text: Fragment) => Fragment;
  /** The offset as written, "" for none and for Z. */
  readonly offset: (text: Fragment) => Fragment;
  /** The whole number that digits say; anything but an error for other text. */
  readonly digits: (text: Fragment) => Fragment;
  /** The quotient of whole numbers above 0, cut to a whole number. */
  readonly quotient: (dividend: Fragment, divisor: Fragment) => Fragment;
}

/** All that a dialect spells. */
export interface Dialect extends Notation, Columns, Tests, InstantText {}
