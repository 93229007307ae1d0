// SQL with its values apart, so that no value ever becomes part of the text.

/** What can be bound to a statement. */
export type SqlValue = string | number | bigint | boolean | null;

/** One statement in one dialect. */
export interface Statement {
  /** With the dialect's placeholders. */
  readonly text: string;
  /** In the order of the placeholders. */
  readonly values: readonly SqlValue[];
}
