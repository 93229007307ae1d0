// A checked expression as plain data: what the CEL text means, once it has been parsed,
// type-checked and narrowed to the subset that every engine answers alike. It crosses
// threads, and every engine compiles from it: to a closure, or to SQL.

/** Yields text. An unrecorded field is "". */
export type TextTerm =
  | { readonly kind: "text-field"; readonly name: string }
  | { readonly kind: "text"; readonly value: string }
  /** A to Z become a to z; nothing else changes. */
  | { readonly kind: "lower-ascii"; readonly of: TextTerm }
  /** Without the ASCII white space (tab, line feed, vertical tab, form feed, carriage return, space) at both ends. */
  | { readonly kind: "trim"; readonly of: TextTerm }
  /** A `json` field as text: as it stands where it is text, else as JSON. */
  | { readonly kind: "json-text"; readonly name: string }
  /** The host that a URL, an e-mail address, `host:port` or a bare host name points to, in lower case; "" when none. */
  | { readonly kind: "host"; readonly of: TextTerm };

/** Yields a number, or nothing when the field is unrecorded. */
export type NumberTerm =
  | { readonly kind: "number-field"; readonly name: string }
  /** How many Unicode code points a text has. */
  | { readonly kind: "size"; readonly of: TextTerm }
  | { readonly kind: "number"; readonly value: number };

/** Yields an instant in microseconds, or nothing when the field is unrecorded or unreadable. */
export type InstantTerm =
  | { readonly kind: "instant-field"; readonly name: string }
  | { readonly kind: "instant"; readonly value: number };

export type Term = TextTerm | NumberTerm | InstantTerm;

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * Yields true or false, never "unknown". A comparison with an unrecorded number or instant is
 * false, except `!=`, which is the negation of `==`; unrecorded text is the text "". Text is
 * ordered by its UTF-8 bytes.
 */
export type Predicate =
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "and" | "or"; readonly of: readonly Predicate[] }
  | { readonly kind: "not"; readonly of: Predicate }
  /** The field is recorded: not absent, not null, not empty text. */
  | { readonly kind: "present"; readonly name: string }
  | {
      readonly kind: "compare";
      readonly operator: Comparison;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: "in-texts"; readonly term: TextTerm; readonly values: readonly string[] }
  | { readonly kind: "in-numbers"; readonly term: NumberTerm; readonly values: readonly number[] }
  | {
      readonly kind: "contains" | "starts-with" | "ends-with";
      readonly term: TextTerm;
      readonly value: string;
    }
  /**
   * One of the words stands in the text. Words are runs of ASCII letters and digits, cut also
   * before a capital that follows a small letter or a digit, and compared in lower case:
   * `deleteUser`, `user.delete` and `DELETE /users` all have the word delete, `undeleted` has not.
   */
  | { readonly kind: "has-word"; readonly term: TextTerm; readonly words: readonly string[] }
  /** A form of the kind is found in the text. Forms only; nothing is asked of the outside world. */
  | { readonly kind: "detects"; readonly detector: Detector; readonly term: TextTerm }
  /** The text is on a list beside the log; of hosts, also below a `*.` entry. False without the list. */
  | { readonly kind: "listed"; readonly term: TextTerm; readonly input: "roster" | "allow-list" }
  /** The entry's time and agent lie in a registered incident. */
  | { readonly kind: "in-incident" };

/** What {@link Predicate} `detects` can look for. */
export const DETECTORS = [
  "secret",
  "payment-card",
  "iban",
  "email",
  "phone",
  "national-id",
] as const;
export type Detector = (typeof DETECTORS)[number];

/** A predicate with the text it was written as. */
export interface Expression {
  /** The CEL text, as written. */
  readonly source: string;
  readonly predicate: Predicate;
  /** Names of the fields it reads, definitions expanded, sorted. */
  readonly fields: readonly string[];
  /** Names of the definitions it uses, those inside definitions too, sorted; absent when none. */
  readonly definitions?: readonly string[];
}

/** A text-valued expression with the text it was written as. */
export interface TextExpression {
  readonly source: string;
  readonly term: TextTerm;
  readonly fields: readonly string[];
}

/** A number-valued expression with the text it was written as. */
export interface NumberExpression {
  readonly source: string;
  readonly term: NumberTerm;
  readonly fields: readonly string[];
}
