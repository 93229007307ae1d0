// How much of a report is drawn, so that the file opens in any browser whatever the log held.

import type { Block, Outline, Section, Table } from "../outline/document.ts";
import { OWN_LENGTH, PASSAGE_LENGTH, VALUE_LENGTH } from "../words/visible.ts";

/** The most bytes a file has. */
export const MOST_BYTES = 5_000_000;

/** How much is drawn: table rows in the whole document, characters of our own words, a passage, a value. */
export interface Measure {
  readonly rows: number;
  readonly own: number;
  readonly passage: number;
  readonly value: number;
}

/** From the usual one to the last resort; the first that gives a file small enough is taken. */
export const MEASURES: readonly Measure[] = [
  { rows: 2000, own: OWN_LENGTH, passage: PASSAGE_LENGTH, value: VALUE_LENGTH },
  { rows: 1000, own: OWN_LENGTH, passage: PASSAGE_LENGTH, value: VALUE_LENGTH },
  { rows: 500, own: PASSAGE_LENGTH, passage: 1000, value: 80 },
  { rows: 250, own: 1000, passage: 400, value: 80 },
  { rows: 0, own: 400, passage: VALUE_LENGTH, value: 40 },
];

/**
 * The most rows that each table may draw, so that all of them together stay within `rows`: small
 * tables are drawn whole and the long ones share what is left alike. At least one.
 */
export function rowsOfEach(outline: Outline, rows: number): number {
  const sizes = [...blocksOf(outline)].map((block) =>
    block.kind === "chart" ? block.chart.data.rows.length : block.rows.length,
  );
  const drawn = (most: number): number =>
    sizes.reduce((sum, size) => sum + Math.min(size, most), 0);
  let least = 1;
  let most = Math.max(1, ...sizes);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (drawn(middle) <= rows) least = middle;
    else most = middle - 1;
  }
  return least;
}

type WithRows = Table | Extract<Block, { readonly kind: "chart" }>;

function* blocksOf(outline: Outline): Generator<WithRows> {
  yield* withRows(outline.opening);
  for (const section of outline.sections) yield* inSection(section);
}

function* inSection(section: Section): Generator<WithRows> {
  yield* withRows(section.blocks);
  for (const inner of section.sections) yield* inSection(inner);
}

function* withRows(blocks: readonly Block[]): Generator<WithRows> {
  for (const block of blocks) {
    if (block.kind === "table" || block.kind === "chart") yield block;
    if (block.kind === "verdict" && block.gauge !== undefined)
      yield { kind: "chart", chart: block.gauge };
    if (block.kind === "entry") yield* withRows(block.blocks);
  }
}
