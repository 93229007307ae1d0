// Globs as the format has them: the whole text, case-sensitive, `*` and `?` for any
// characters including `/` and line breaks, `[a-z]`, `[!a]`. A backslash is a backslash.

/** A set of code points, as ascending or empty ranges; `negated` means all others. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

/** One step of a glob: any run of characters, or one character of a set. */
export type GlobStep = "run" | CharacterSet;

/** A glob, read and ready to match. */
export interface Glob {
  readonly source: string;
  readonly steps: readonly GlobStep[];
  /** The text, when the glob matches only that one. */
  readonly literal?: string;
  /** Matches every text. */
  readonly isUniversal: boolean;
  /** Matches no text, because one of its classes has no member: `[z-a]`. */
  readonly isEmpty: boolean;
  /** Takes at most (length of the text) × (length of the glob) steps. */
  readonly matches: (text: string) => boolean;
}

const ANY: CharacterSet = { negated: true, ranges: [] };

/** Reads a glob. Every text is one: an unclosed `[` is a bracket. */
export function parseGlob(source: string): Glob {
  const steps = readSteps(Array.from(source));
  const literal = literalOf(steps);
  const isUniversal = steps.length === 1 && steps[0] === "run";
  const isEmpty = steps.some((step) => step !== "run" && isEmptySet(step));
  return {
    source,
    steps,
    ...(literal === undefined ? {} : { literal }),
    isUniversal,
    isEmpty,
    matches: matcherOf(steps, literal, isUniversal),
  };
}

/** Whether a step's set has a code point. */
export function includes(set: CharacterSet, code: number): boolean {
  const listed = set.ranges.some(([from, to]) => from <= code && code <= to);
  return listed !== set.negated;
}

function isEmptySet(set: CharacterSet): boolean {
  return !set.negated && set.ranges.length === 0;
}

function readSteps(characters: readonly string[]): readonly GlobStep[] {
  const steps: GlobStep[] = [];
  let index = 0;
  while (index < characters.length) {
    const character = characters[index] ?? "";
    index += 1;
    if (character === "*") {
      if (steps.at(-1) !== "run") steps.push("run");
    } else if (character === "?") {
      steps.push(ANY);
    } else {
      const end = character === "[" ? endOfClass(characters, index) : -1;
      if (end === -1) steps.push(single(character));
      else {
        steps.push(readClass(characters.slice(index, end)));
        index = end + 1;
      }
    }
  }
  return steps;
}

function single(character: string): CharacterSet {
  const code = character.codePointAt(0) ?? 0;
  return { negated: false, ranges: [[code, code]] };
}

/** The closing bracket's index, or -1; a bracket that stands first is a member. */
function endOfClass(characters: readonly string[], start: number): number {
  const first = characters[start] === "!" ? start + 1 : start;
  return characters.indexOf("]", first + 1);
}

/** A range that does not ascend has no members. */
function readClass(characters: readonly string[]): CharacterSet {
  const negated = characters[0] === "!";
  const codes = (negated ? characters.slice(1) : characters).map(
    (character) => character.codePointAt(0) ?? 0,
  );
  const hyphen = 45;
  const ranges: [number, number][] = [];
  let index = 0;
  while (index < codes.length) {
    const from = codes[index] ?? 0;
    const isRange = codes[index + 1] === hyphen && index + 2 < codes.length;
    const to = isRange ? (codes[index + 2] ?? 0) : from;
    if (from <= to) ranges.push([from, to]);
    index += isRange ? 3 : 1;
  }
  return { negated, ranges: ranges.sort(([a], [b]) => a - b) };
}

function literalOf(steps: readonly GlobStep[]): string | undefined {
  let text = "";
  for (const step of steps) {
    const range =
      step === "run" || step.negated || step.ranges.length > 1 ? undefined : step.ranges[0];
    if (range === undefined || range[0] !== range[1]) return undefined;
    text += String.fromCodePoint(range[0]);
  }
  return text;
}

function matcherOf(
  steps: readonly GlobStep[],
  literal: string | undefined,
  isUniversal: boolean,
): (text: string) => boolean {
  if (isUniversal) return () => true;
  if (literal !== undefined) return (text) => text === literal;
  const prefix = steps.at(-1) === "run" ? literalOf(steps.slice(0, -1)) : undefined;
  // Half of a surrogate pair could match half of a character.
  if (prefix !== undefined && !/\p{Cs}/u.test(prefix)) return (text) => text.startsWith(prefix);
  return (text) => matchesSteps(steps, text);
}

/** Only the last run can need to grow, so that going back there is enough. */
function matchesSteps(steps: readonly GlobStep[], text: string): boolean {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  let step = 0;
  let index = 0;
  let run = -1;
  let runEnd = 0;
  while (index < codes.length) {
    const current = steps[step];
    if (current === "run") {
      run = step;
      runEnd = index;
      step += 1;
    } else if (current !== undefined && includes(current, codes[index] ?? 0)) {
      step += 1;
      index += 1;
    } else if (run === -1) {
      return false;
    } else {
      runEnd += 1;
      index = runEnd;
      step = run + 1;
    }
  }
  while (steps[step] === "run") step += 1;
  return step === steps.length;
}
