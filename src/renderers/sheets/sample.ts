// The sample as a working paper: the entries that were drawn, with room for what the auditor finds.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport, Sample } from "../../model/report.ts";
import { EMPTY, number, text } from "./cell.ts";
import type { Cell, Sheet, SheetColumn } from "./cell.ts";
import { entryCells, entryColumns } from "./entry.ts";

/** Cells after the entry's. */
const TO_FILL_IN = 3;

/** The table of drawn entries; a sentence where none were asked for. */
export function sampleSheet(report: ComplianceReport, language: Language): Sheet {
  const { names, sample: words } = language.sheets.sheets;
  const all = columns(language);
  const { sampling } = report;
  return {
    id: "sample",
    name: names.sample,
    columns: all,
    rows:
      sampling === undefined
        ? [filled([text(words.none)], all.length)]
        : sampling.samples.flatMap((sample) => rowsOf(sample, sampling.seed, language)),
  };
}

function columns(language: Language): readonly SheetColumn[] {
  const { sample: words, population } = language.sheets.sheets;
  const { closing, findings } = language.report;
  return [
    { title: closing.evidence.measure, width: 26 },
    { title: closing.evidence.population, width: 12 },
    { title: population.seed, width: 12 },
    { title: findings.tables.no, width: 6 },
    ...entryColumns(language),
    { title: words.testedBy, width: 16, blank: true },
    { title: words.outcome, width: 14, blank: true },
    { title: words.note, width: 32, blank: true },
  ];
}

function rowsOf(
  { measure, population, entries }: Sample,
  seed: string,
  language: Language,
): readonly (readonly Cell[])[] {
  const head = [text(measure), number(population), text(seed)];
  if (entries.length === 0) {
    const { nothing } = language.sheets.sheets.sample;
    return [[...filled(head, columns(language).length - 1), text(nothing)]];
  }
  return entries.map((entry, index) => [
    ...head,
    number(index + 1),
    ...entryCells(entry),
    ...filled([], TO_FILL_IN),
  ]);
}

/** The cells, and empty ones up to a number. */
function filled(cells: readonly Cell[], length: number): readonly Cell[] {
  return [...cells, ...Array.from({ length: length - cells.length }, () => EMPTY)];
}
