// One walk over a text that tells which forms of secrets and personal data it may hold. Most
// texts can hold none, and need no pattern tried on them.

/** What the walk saw, one bit each; the number of digits stands above them. */
export const SEEN = {
  /** Three characters that a secret's form has, and a name before a value or a run as long as a key. */
  secret: 1,
  at: 2,
  /** At least two. */
  capitals: 4,
  /** Plus signs and brackets. */
  signs: 8,
  /** A colon or an equals sign, which may follow a name. */
  names: 16,
  /** The three characters, whatever stands around them. */
  hint: 32,
} as const;

const DIGITS_ABOVE = 6;

/** More digits than any form asks for. */
const ENOUGH_DIGITS = 1000;

/** How many digits the walk saw, up to a thousand. */
export function digitsIn(look: number): number {
  return look >> DIGITS_ABOVE;
}

/**
 * Of each form that a secret can have three characters in a row. Of `A[KS]IA` and the like one
 * for each.
 */
const IN_HINTS = (
  "uth bea eyj :// aki asi gho ghp ghr ghs ghu ub_ glp xox xap aiz rk_ sk_ pm_ hf_ sk- pas pwd " +
  "ecr oke key cre beg"
).split(" ");

/** Three characters as a number of 15 bits: of each its last five, alike in either case. */
const TRIPLE = 0x7fff;
const TRIPLES_IN_HINTS = new Uint8Array(TRIPLE + 1);
for (const three of IN_HINTS) {
  let triple = 0;
  for (let index = 0; index < three.length; index += 1) {
    triple = nextTriple(triple, three.charCodeAt(index));
  }
  TRIPLES_IN_HINTS[triple] = 1;
}

function nextTriple(triple: number, unit: number): number {
  return ((triple << 5) | (unit & 31)) & TRIPLE;
}

/** The shortest run of characters that a key can be. */
const SHORTEST_KEY = 10;

const [DIGIT_0, DIGIT_9, CAPITAL_A, CAPITAL_Z, SMALL_A] = [48, 57, 65, 90, 97];
const [UNDERSCORE, HYPHEN, AT, COLON, EQUALS, PLUS, BRACKET] = [95, 45, 64, 58, 61, 43, 40];

/** Walks over a text once. The answer is a sum of {@link SEEN}, and what {@link digitsIn} reads. */
export function lookOver(text: string): number {
  let digits = 0;
  let capitals = 0;
  let signs = 0;
  let run = 0;
  let longestRun = 0;
  let hasAt = false;
  let names = false;
  let triple = 0;
  let hints = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    triple = nextTriple(triple, unit);
    hints |= TRIPLES_IN_HINTS[triple] as number;
    if (unit >= DIGIT_0 && unit <= DIGIT_9) digits += 1;
    else if (unit >= CAPITAL_A && unit <= CAPITAL_Z) capitals += 1;
    else if (unit < SMALL_A && unit !== UNDERSCORE && unit !== HYPHEN) {
      if (unit === AT) hasAt = true;
      else if (unit === COLON || unit === EQUALS) names = true;
      else if (unit === PLUS || unit === BRACKET) signs += 1;
      run = -1;
    }
    run += 1;
    if (run > longestRun) longestRun = run;
  }
  let seen = (digits < ENOUGH_DIGITS ? digits : ENOUGH_DIGITS) << DIGITS_ABOVE;
  if (hints !== 0) seen |= SEEN.hint;
  if (names) seen |= SEEN.names;
  if (hints !== 0 && (names || longestRun >= SHORTEST_KEY)) seen |= SEEN.secret;
  if (hasAt) seen |= SEEN.at;
  if (capitals >= 2) seen |= SEEN.capitals;
  if (signs > 0) seen |= SEEN.signs;
  return seen;
}
