// A record that was read without making an object of it.

/** The entry that a record is. */
export interface ScannedRow {
  /**
   * In the fields' order, typed as an intake gives them; overwritten by the next record. A value
   * that is not wanted is only told apart: {@link SOMETHING} for one that is recorded, empty or
   * null for one that is not.
   */
  readonly values: readonly unknown[];
  /** Fields that are there, as a bit mask in the fields' order. */
  readonly present: number;
}

/** Stands for a value that is recorded and not wanted. */
export const SOMETHING = "…";
