// How two globs lie to each other: does one match all that another matches, do they meet?
// Decided exactly on the automata of the globs, over the code points that they tell apart.

import type { Glob, GlobStep } from "./glob.ts";
import { includes } from "./glob.ts";

/** After so many steps `covers` gives up and answers false. Ordinary globs need some hundreds. */
const MOST_STEPS = 200_000;

/**
 * Whether every text that `narrow` matches is matched by one of `wide`. Exact, except that
 * globs of an extraordinary kind are answered with false.
 */
export function covers(wide: readonly Glob[], narrow: Glob): boolean {
  if (narrow.isEmpty || wide.some((glob) => glob.isUniversal)) return true;
  const sample = narrow.literal ?? sampleOf(narrow);
  const matches = wide.filter((glob) => glob.matches(sample));
  if (narrow.literal !== undefined || matches.length === 0) return matches.length > 0;
  return isIncluded(narrow, wide);
}

/** A text that the glob matches, as unlike to what other globs match as possible. */
function sampleOf(glob: Glob): string {
  const unlikely = 0x10fffd;
  return glob.steps
    .map((step) => {
      const isUnlikely = step === "run" || includes(step, unlikely);
      return String.fromCodePoint(isUnlikely ? unlikely : (step.ranges[0]?.[0] ?? unlikely));
    })
    .join("");
}

/** Whether there is a text that both match. Exact. */
export function meet(a: Glob, b: Glob): boolean {
  if (a.isEmpty || b.isEmpty) return false;
  if (a.isUniversal || b.isUniversal) return true;
  if (a.literal !== undefined) return b.matches(a.literal);
  if (b.literal !== undefined) return a.matches(b.literal);
  const codes = distinctCodes([a, b]);
  const width = b.steps.length + 1;
  const seen = new Uint8Array((a.steps.length + 1) * width).fill(0);
  const open = [0];
  const visit = (left: number, right: number) => {
    const state = left * width + right;
    if (seen[state] === 0) open.push(state);
    seen[state] = 1;
  };
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const left = Math.floor(state / width);
    const right = state % width;
    if (left === a.steps.length && right === b.steps.length) return true;
    if (a.steps[left] === "run") visit(left + 1, right);
    if (b.steps[right] === "run") visit(left, right + 1);
    for (const code of codes) {
      const nextLeft = stepOver(a.steps, left, code);
      const nextRight = nextLeft === undefined ? undefined : stepOver(b.steps, right, code);
      if (nextLeft !== undefined && nextRight !== undefined) visit(nextLeft, nextRight);
    }
  }
  return false;
}

function stepOver(steps: readonly GlobStep[], position: number, code: number): number | undefined {
  const step = steps[position];
  if (step === undefined) return undefined;
  if (step === "run") return position;
  return includes(step, code) ? position + 1 : undefined;
}

/** One code point for each set of them that no step of the globs tells apart. */
function distinctCodes(globs: readonly Glob[]): readonly number[] {
  const codes = new Set([0]);
  for (const glob of globs) {
    for (const step of glob.steps) {
      if (step === "run") continue;
      for (const [from, to] of step.ranges) {
        codes.add(from);
        if (to < 0x10ffff) codes.add(to + 1);
      }
    }
  }
  return [...codes];
}

type Positions = readonly number[];

/** Walks all states of `narrow` together with those of `wide`, looking for a text only it matches. */
function isIncluded(narrow: Glob, wide: readonly Glob[]): boolean {
  const codes = distinctCodes([narrow, ...wide]);
  const globs = [narrow, ...wide];
  const start = globs.map((glob) => withRuns(glob.steps, [0]));
  const seen = new Set([start.join(";")]);
  const open: (readonly Positions[])[] = [start];
  let left = MOST_STEPS;
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const accepting = globs.map(
      (glob, index) => state[index]?.includes(glob.steps.length) === true,
    );
    if (accepting[0] === true && !accepting.includes(true, 1)) return false;
    left -= codes.length * globs.length;
    if (left < 0) return false;
    for (const code of codes) {
      const next = globs.map((glob, index) => advance(glob.steps, state[index] ?? [], code));
      if (
        next[0]?.length === 0 ||
        next.some((positions, index) => index > 0 && endsOpen(globs[index], positions))
      ) {
        continue;
      }
      const key = next.join(";");
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(next);
    }
  }
  return true;
}

/** Whether everything that may follow is matched, because a last run has been reached. */
function endsOpen(glob: Glob | undefined, positions: Positions): boolean {
  return glob?.steps.at(-1) === "run" && positions.includes(glob.steps.length - 1);
}

function advance(steps: readonly GlobStep[], positions: Positions, code: number): Positions {
  const next = new Set<number>();
  for (const position of positions) {
    const reached = stepOver(steps, position, code);
    if (reached !== undefined) next.add(reached);
  }
  return withRuns(steps, [...next]);
}

/** Adds what can be reached by letting a run match nothing. Ascending. */
function withRuns(steps: readonly GlobStep[], positions: Positions): Positions {
  const all = new Set<number>();
  for (let position of positions) {
    all.add(position);
    while (steps[position] === "run") {
      position += 1;
      all.add(position);
    }
  }
  return [...all].sort((a, b) => a - b);
}
