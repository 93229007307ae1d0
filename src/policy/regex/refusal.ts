// Why a pattern cannot be used.

export interface Refusal {
  /** Half a sentence: `it uses a backreference`. */
  readonly refusal: string;
  readonly hint?: string;
}
