// The records above a record inside one document, found by id in constant time each.

import { keyText } from "./key-text.ts";

/** How far up a record's ancestors are followed. */
export const MOST_ANCESTORS = 64;

/** The records of one document, joined by their ids. */
export interface Family {
  /** Takes the next record of the document. The first of several with one id counts. */
  add(record: unknown, id: unknown, parent: unknown): void;
  /**
   * The records above the one at a position, nearest first, at most 64; a circle ends where
   * it would come round.
   *
   * @param position of the record in its document, from 1
   */
  ancestorsOf(position: number): unknown[];
}

interface Member {
  readonly record: unknown;
  readonly parent: string | undefined;
  /** Position of the record that was followed through this one last. */
  visitedFrom: number;
}

/** A family without members. */
export function family(): Family {
  const members: Member[] = [];
  const byId = new Map<string, Member>();

  return {
    add(record, id, parent) {
      const member = { record, parent: keyText(parent), visitedFrom: 0 };
      members.push(member);
      const key = keyText(id);
      if (key !== undefined && !byId.has(key)) byId.set(key, member);
    },
    ancestorsOf(position) {
      const found: unknown[] = [];
      let member = members[position - 1];
      while (member !== undefined && found.length < MOST_ANCESTORS) {
        member.visitedFrom = position;
        member = member.parent === undefined ? undefined : byId.get(member.parent);
        if (member === undefined || member.visitedFrom === position) break;
        found.push(member.record);
      }
      return found;
    },
  };
}
