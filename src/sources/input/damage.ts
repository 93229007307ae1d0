// The end of what can be read of a file that goes on.

/** Stands in place of the bytes that cannot be read. */
export interface Damage {
  /** What is wrong, as a sentence. */
  readonly damage: string;
}

/** Whether a piece of a file is damage instead of bytes. */
export function isDamage(piece: Uint8Array | Damage): piece is Damage {
  return "damage" in piece;
}
