// Tells actions that were there already by a key. Keys are kept as digests in typed arrays,
// about 20 bytes each, so that ten million of them fit in memory.

import { hash } from "node:crypto";

/** What a key is to the keys before it. */
export type Seen =
  /** It is there for the first time. */
  | "new"
  /** It was there, with the same content. */
  | "same"
  /** It was there, with other content. */
  | "differing";

/** The keys seen so far. */
export interface SeenKeys {
  /**
   * Looks a key up and keeps it if it is new.
   *
   * @param key told apart by 96 bits of its SHA-256, so nobody can write a key that hides another
   * @param content 32 bits that stand for what the key's holder says; see {@link contentMark}
   */
  see(key: string, content: number): Seen;
  /** How many different keys there are. */
  readonly size: number;
}

/** 32 bits that stand for a content: equal for equal bytes or text. */
export function contentMark(content: Uint8Array | string): number {
  return wordAt(hash("sha256", content, "binary"), 0);
}

/** Each segment grows on its own, so that growing never doubles the whole. */
const SEGMENTS = 256;
const FIRST_CAPACITY = 16;
/** Three words of the key, one of the content. */
const WORDS = 4;
const FULLEST = 0.8;
const GROWTH = 1.25;

/** An empty set of keys. */
export function seenKeys(): SeenKeys {
  const segments: (Uint32Array | undefined)[] = Array.from({ length: SEGMENTS }, () => undefined);
  const used = new Uint32Array(SEGMENTS);
  let size = 0;

  const segmentFor = (index: number): Uint32Array => {
    const segment = segments[index];
    const count = used[index] ?? 0;
    if (segment === undefined) {
      const first = new Uint32Array(FIRST_CAPACITY * WORDS);
      segments[index] = first;
      return first;
    }
    const capacity = segment.length / WORDS;
    if (count < capacity * FULLEST) return segment;
    const grown = enlarged(segment, Math.ceil(capacity * GROWTH));
    segments[index] = grown;
    return grown;
  };

  return {
    see(key, content) {
      const digest = hash("sha256", key, "binary");
      const first = wordAt(digest, 0);
      const second = wordAt(digest, 4);
      // Three zeros mark a free place.
      const third = first === 0 && second === 0 ? wordAt(digest, 8) || 1 : wordAt(digest, 8);
      const index = digest.charCodeAt(12);
      const segment = segmentFor(index);
      const at = placeOf(segment, first, second, third);
      if (isFree(segment, at)) {
        segment[at] = first;
        segment[at + 1] = second;
        segment[at + 2] = third;
        segment[at + 3] = content;
        used[index] = (used[index] ?? 0) + 1;
        size += 1;
        return "new";
      }
      return segment[at + 3] === content >>> 0 ? "same" : "differing";
    },
    get size() {
      return size;
    },
  };
}

/** Where a key is, or the free place where it belongs. */
function placeOf(segment: Uint32Array, first: number, second: number, third: number): number {
  const capacity = segment.length / WORDS;
  let at = Math.floor((first / 0x1_0000_0000) * capacity) * WORDS;
  while (!isFree(segment, at)) {
    if (segment[at] === first && segment[at + 1] === second && segment[at + 2] === third) return at;
    at += WORDS;
    if (at === segment.length) at = 0;
  }
  return at;
}

function isFree(segment: Uint32Array, at: number): boolean {
  return segment[at] === 0 && segment[at + 1] === 0 && segment[at + 2] === 0;
}

function enlarged(segment: Uint32Array, capacity: number): Uint32Array {
  const grown = new Uint32Array(capacity * WORDS);
  for (let from = 0; from < segment.length; from += WORDS) {
    if (isFree(segment, from)) continue;
    const to = placeOf(grown, segment[from] ?? 0, segment[from + 1] ?? 0, segment[from + 2] ?? 0);
    grown.set(segment.subarray(from, from + WORDS), to);
  }
  return grown;
}

/** Four of a digest's bytes, written as Latin-1 text, as an unsigned number. */
function wordAt(digest: string, at: number): number {
  return (
    (digest.charCodeAt(at) |
      (digest.charCodeAt(at + 1) << 8) |
      (digest.charCodeAt(at + 2) << 16) |
      (digest.charCodeAt(at + 3) << 24)) >>>
    0
  );
}
