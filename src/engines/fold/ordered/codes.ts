// Numbers that stand for the values of a field.

/** A field's values as codes: equal codes are equal values, 0 is unrecorded. */
export interface Codes {
  readonly of: Uint32Array;
  /** One more than the largest code. */
  readonly size: number;
}
