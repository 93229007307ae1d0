// German numbers with their nouns.

import { NUMBERS } from "../numbers.ts";

/** `1 Eintrag`, `1.204 Einträge`. */
export function counted(amount: number, one: string, many: string): string {
  return `${NUMBERS.count(amount)} ${amount === 1 ? one : many}`;
}

/** `1.204`. */
export function count(amount: number): string {
  return NUMBERS.count(amount);
}
