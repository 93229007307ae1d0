// Raw fields that no expression of a mapping reads, found by walking through some of a log's
// documents.

import type { Mapping } from "../model/mapping.ts";
import { draw, drawMark, isDrawn } from "./unmapped/drawn.ts";
import type { DrawnDocument } from "./unmapped/drawn.ts";
import { readTree } from "./unmapped/read-tree.ts";
import type { ReadPlace } from "./unmapped/read-tree.ts";

/** How much of one document is walked through. */
const MOST_VALUES = 20_000;

/** Most different paths that are kept of one document. */
const MOST_PATHS = 200;

/** Looks at documents of one format. */
export interface UnmappedWalker {
  /** Offers a document; whether it is looked at, its bytes decide. */
  offer(document: unknown, bytes: Uint8Array): void;
}

/**
 * A walker over 1,000 documents of a log, drawn evenly.
 *
 * @param drawn keeps what is found: each path at most once a record
 */
export function unmappedWalker(mapping: Mapping, drawn: DrawnDocument[]): UnmappedWalker {
  const root = readTree(mapping);
  return {
    offer(document, bytes) {
      const mark = drawMark(bytes);
      if (isDrawn(drawn, mark)) draw(drawn, new Walk().look(document, root, mark));
    },
  };
}

class Walk {
  readonly #unmapped = new Map<string, number>();
  #left = MOST_VALUES;
  #records = 0;

  look(document: unknown, root: ReadPlace, mark: number): DrawnDocument {
    const found = new Set<string>();
    this.#walk(document, root, root.label ?? "document", found);
    this.#count(found);
    return { mark, records: Math.max(1, this.#records), unmapped: [...this.#unmapped] };
  }

  #count(found: ReadonlySet<string>): void {
    for (const path of found) {
      const count = this.#unmapped.get(path);
      if (count === undefined && this.#unmapped.size >= MOST_PATHS) continue;
      this.#unmapped.set(path, (count ?? 0) + 1);
    }
  }

  #walk(value: unknown, place: ReadPlace, path: string, found: Set<string>): void {
    this.#left -= 1;
    if (this.#left < 0 || isNothing(value)) return;
    if (place.whole || place.below.size === 0) return;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) this.#walkItem(item, place, path, found);
      return;
    }
    if (typeof value !== "object" || value === null) {
      found.add(path);
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      const below = place.below.get(name);
      const label = below?.label ?? pathBelow(path, name);
      if (below !== undefined) this.#walk(inner, below, label, found);
      else if (!isNothing(inner)) found.add(label);
    }
  }

  #walkItem(item: unknown, place: ReadPlace, path: string, found: Set<string>): void {
    if (!place.records) {
      this.#walk(item, place, path, found);
      return;
    }
    this.#records += 1;
    const ofRecord = new Set<string>();
    this.#walk(item, place, path, ofRecord);
    this.#count(ofRecord);
  }
}

/** Whether a value says nothing: absent, null, empty text, an empty list or map. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const LONGEST_NAME = 80;

/** A path with one more name, as an expression would write it. */
function pathBelow(path: string, name: string): string {
  const kept = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return PLAIN_NAME.test(kept) ? `${path}.${kept}` : `${path}[${JSON.stringify(kept)}]`;
}
