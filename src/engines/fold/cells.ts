// Many measures over one entry, for little more than one: entries for which every condition
// answers alike share a cell, and what they mean to the measures is found out once for all of
// them. The way to a cell is a tree of looks at one field after the other; a field that no
// measure asks of an entry, because an answer before settled it, is not looked at. Bounded: a
// log whose entries are all unlike is folded entry by entry.

import type { Row } from "../../expression/compile.ts";
import type { CountedMeaning, Meaning, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import type { Look } from "./look.ts";

export interface Cells {
  /** Takes one entry. */
  step(step: Step): void;
  /** What entries mean that have a row in common; asked once for all of them. */
  alike(row: Row): Cell;
  /** Takes one of those entries. */
  stepAlike(cell: Cell, step: Step): void;
  /** Tells the measures what was counted since it was last called. */
  settle(): void;
}

/** Cells that are kept at a time. */
export const MOST_CELLS = 8192;
/** Cells of whole rows that may wait to be counted. */
const MOST_COUNTING = 65_536;
/** Different answers of one look; with more, hardly two entries are alike. */
const MOST_CLASSES = 4096;
/** When so few entries shared a cell on average, sharing is not worth its while. */
const WORTHWHILE = 4;

/** Whatever says what an entry means to it. */
export interface Meant {
  meaning(row: Row): Meaning | undefined;
}

/** Entries for which all conditions answer alike, or that have a whole row in common. */
export interface Cell {
  /** Entries that are not yet counted. */
  times: number;
  readonly meanings: readonly CountedMeaning[];
  /** What must be done with each of them. */
  readonly each: readonly ((step: Step) => void)[];
}

/** A fork in the tree, or its end. */
interface Branch {
  /** Which look leads on; -1 at the end. */
  readonly look: number;
  /** By what is seen. */
  readonly next: (Branch | undefined)[];
  cell: Cell | undefined;
}

/**
 * @param accumulators made with this `asking`; all their conditions are known by now
 * @param mostCells 0 for none: every entry is asked about
 */
export function cells(
  asking: Asking,
  accumulators: readonly Meant[],
  mostCells = MOST_CELLS,
): Cells {
  const { looks } = asking;
  let sharing = mostCells > 0;
  let root: Branch | undefined;
  let kept: Cell[] = [];
  let entries = 0;
  /** Those of whole rows that have entries to count. */
  let counting: Cell[] = [];

  const settle = (): void => {
    for (const cell of [...kept, ...counting]) {
      if (cell.times === 0) continue;
      for (const { count } of cell.meanings) count?.(cell.times);
      cell.times = 0;
    }
    counting = [];
  };

  const meaningsOf = (row: Row): Meaning[] => {
    const meanings: Meaning[] = [];
    for (const accumulator of accumulators) {
      const meaning = accumulator.meaning(row);
      if (meaning !== undefined) meanings.push(meaning);
    }
    return meanings;
  };

  const makeRoom = (): void => {
    const manyClasses = looks.some(({ classes }) => classes > MOST_CLASSES);
    if (kept.length < mostCells && !manyClasses) return;
    settle();
    sharing = !manyClasses && entries >= WORTHWHILE * kept.length;
    root = undefined;
    kept = [];
    entries = 0;
  };

  const newCell = (row: Row): Cell => {
    makeRoom();
    let meanings: readonly Meaning[] = [];
    const needed = asking.watch(() => {
      meanings = meaningsOf(row);
    });
    const cell: Cell = { times: 0, meanings, each: meanings.flatMap(({ each }) => each ?? []) };
    kept.push(cell);
    let branch = (root ??= newBranch(needed[0]));
    for (const [index, look] of needed.entries()) {
      // The same answers lead to the same question.
      if (branch.look !== look) throw new Error("a condition answered otherwise than before");
      const seen = (looks[look] as Look).classOf(row);
      branch = branch.next[seen] ??= newBranch(needed[index + 1]);
    }
    branch.cell = cell;
    return cell;
  };

  const cellOf = (row: Row): Cell => {
    let branch = root;
    while (branch !== undefined && branch.look >= 0) {
      branch = branch.next[(looks[branch.look] as Look).classOf(row)];
    }
    return branch?.cell ?? newCell(row);
  };

  return {
    step(step) {
      if (!sharing) {
        for (const { count, each } of meaningsOf(step.row)) {
          count?.(1);
          each?.(step);
        }
        return;
      }
      const cell = cellOf(step.row);
      entries += 1;
      cell.times += 1;
      const { each } = cell;
      for (let index = 0; index < each.length; index += 1) each[index]?.(step);
    },
    alike(row) {
      const meanings = meaningsOf(row).map((meaning) => meaning.alike?.(row) ?? meaning);
      return { times: 0, meanings, each: meanings.flatMap(({ each }) => each ?? []) };
    },
    stepAlike(cell, step) {
      if (cell.times === 0) {
        if (counting.length >= MOST_COUNTING) settle();
        counting.push(cell);
      }
      cell.times += 1;
      const { each } = cell;
      for (let index = 0; index < each.length; index += 1) each[index]?.(step);
    },
    settle,
  };
}

function newBranch(look = -1): Branch {
  return { look, next: [], cell: undefined };
}
