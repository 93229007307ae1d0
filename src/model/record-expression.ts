// A checked expression over one foreign record as plain data: what a mapping's CEL text means.
// It crosses threads; `expression/record` compiles it to a closure.

/** Constructs of a mapping's expressions. Every one is total: nothing in, nothing out. */
export type RecordTerm =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  /** A variable: `document`, `record`, what `let`, `each` or a macro named, `tables`, …. */
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "member"; readonly of: RecordTerm; readonly name: string }
  | { readonly kind: "index"; readonly of: RecordTerm; readonly index: RecordTerm }
  | { readonly kind: "list"; readonly of: readonly RecordTerm[] }
  | {
      readonly kind: "map";
      readonly entries: readonly (readonly [key: RecordTerm, value: RecordTerm])[];
    }
  | { readonly kind: "and" | "or"; readonly of: readonly RecordTerm[] }
  | { readonly kind: "not" | "negate"; readonly of: RecordTerm }
  | {
      readonly kind: "choose";
      readonly when: RecordTerm;
      readonly value: RecordTerm;
      readonly otherwise: RecordTerm;
    }
  | {
      readonly kind: "compare";
      readonly operator: "==" | "!=" | "<" | "<=" | ">" | ">=";
      readonly left: RecordTerm;
      readonly right: RecordTerm;
    }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/" | "%";
      readonly left: RecordTerm;
      readonly right: RecordTerm;
    }
  | { readonly kind: "in"; readonly term: RecordTerm; readonly of: RecordTerm }
  | { readonly kind: "has"; readonly of: RecordTerm }
  /** A function or method of the closed set in docs/mappings.md; a method's receiver comes first. */
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly RecordTerm[] }
  | {
      readonly kind: "each";
      readonly macro: "exists" | "all" | "filter" | "map";
      readonly of: RecordTerm;
      readonly variable: string;
      readonly body: RecordTerm;
    };

/** An expression over a foreign record, with the text it was written as. */
export interface RecordExpression {
  readonly source: string;
  readonly term: RecordTerm;
  /**
   * What it reads, as paths from a variable: `record.userIdentity.arn`. A path that ends
   * stands for everything below it. Sorted, each once.
   */
  readonly paths: readonly string[];
}
