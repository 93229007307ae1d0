// Blocks and sections of the outline as the template takes them.

import type { Numbers } from "../../languages/numbers.ts";
import type { Block, Controls, Section, Table, Verdict } from "../outline/document.ts";
import type { SetBlock, SetSection, SetTable, SetVerdict } from "./manuscript.ts";
import { shortLine, shortText } from "./runs.ts";
import type { Runs } from "./runs.ts";
import type { RowsLeft } from "./tables.ts";

/** What blocks are set with. */
export interface Setting {
  readonly runs: Runs;
  readonly numbers: Numbers;
  readonly controls: Controls;
  readonly table: (table: Table, left?: RowsLeft) => SetTable;
  /** Puts a picture among the template's files. */
  readonly picture: (id: string, svg: string) => { readonly path: string; readonly width: number };
  /** An id as an anchor, once; null when it was taken before. */
  readonly anchor: (id: string) => string | null;
  /** Rows that all evidence together may still take. */
  readonly evidence: RowsLeft;
}

/** Every id that a link may lead to. */
export function anchorsOf(sections: readonly Section[], opening: readonly Block[]): Set<string> {
  const anchors = new Set<string>();
  const addBlocks = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.kind !== "entry") continue;
      anchors.add(block.id);
      addBlocks(block.blocks);
    }
  };
  const addSections = (all: readonly Section[]): void => {
    for (const section of all) {
      anchors.add(section.id);
      addBlocks(section.blocks);
      addSections(section.sections);
    }
  };
  addBlocks(opening);
  addSections(sections);
  return anchors;
}

/** A section and those within it. */
export function setSection(section: Section, setting: Setting, level = 1): SetSection {
  return {
    anchor: setting.anchor(section.id),
    level,
    title: setting.runs.name(section.title),
    blocks: setBlocks(section.blocks, setting, level),
    sections: section.sections.map((one) => setSection(one, setting, level + 1)),
  };
}

/**
 * Blocks under a heading of the given level. Headings among them follow it without leaving out
 * a level, as PDF/UA asks.
 */
export function setBlocks(
  blocks: readonly Block[],
  setting: Setting,
  under: number,
  inEntry = false,
): readonly SetBlock[] {
  let upper = false;
  return blocks.map((block) => {
    if (block.kind !== "heading") return setBlock(block, setting, under, inEntry);
    if (block.level === 4) upper = true;
    const level = under + (block.level === 5 && upper ? 2 : 1);
    return { kind: "heading", level, of: shortLine(setting.runs.line(block.of)) };
  });
}

function setBlock(
  block: Exclude<Block, { readonly kind: "heading" }>,
  setting: Setting,
  under: number,
  inEntry: boolean,
): SetBlock {
  const { runs, controls } = setting;
  switch (block.kind) {
    case "paragraph":
      return { kind: "paragraph", of: runs.line(block.of) };
    case "notice":
      return { kind: "notice", tone: block.tone, of: runs.line(block.of) };
    case "list":
      return { kind: "list", items: block.items.map((item) => runs.line(item)) };
    case "facts":
      return {
        kind: "facts",
        of: block.of.map(({ name, value }) => ({
          name: runs.parted(name, NAME_ROOM),
          value: runs.line(value, VALUE_ROOM),
        })),
      };
    case "table":
      return inEntry && !block.columns.some(({ blank }) => blank)
        ? setting.table(block, setting.evidence)
        : setting.table(block);
    case "code":
      return { kind: "code", lines: block.lines.map((line) => runs.parted(line, CODE_ROOM)) };
    case "chart": {
      const { id, title, says, svg } = block.chart;
      return {
        kind: "chart",
        title: runs.parted(title),
        says: shortText(runs.plain(says)),
        ...setting.picture(id, svg),
      };
    }
    case "verdict":
      return setVerdict(block, setting);
    case "entry":
      return {
        kind: "entry",
        anchor: setting.anchor(block.id),
        level: under + 1,
        mark: runs.result(block.result, controls.results[block.result]),
        severity:
          block.severity === undefined
            ? null
            : runs.severity(block.severity, controls.severities[block.severity]),
        title: shortLine(runs.line(block.title)),
        open: block.open,
        blocks: setBlocks(block.blocks, setting, under + 1, true),
      };
  }
}

/** Letters that fit beside one another in facts, and in a line of commands. */
const NAME_ROOM = 22;
const VALUE_ROOM = 56;
const CODE_ROOM = 66;

function setVerdict(
  { score, grade, says, coverage }: Verdict,
  { runs, numbers }: Setting,
): SetVerdict {
  return {
    kind: "verdict",
    score: score === null ? null : numbers.decimal(score),
    part: score === null ? null : score / 100,
    grade: grade === null ? null : runs.plain(grade),
    says: runs.parted(says, VALUE_ROOM),
    coverage: runs.parted(coverage, VALUE_ROOM),
  };
}
