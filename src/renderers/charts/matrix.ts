// Every criterion by its result, what failed first.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Result } from "../../model/result.ts";
import { LABEL_SIZE } from "./axes.ts";
import type { Chart } from "./chart.ts";
import { boxed, name } from "./log-text.ts";
import { paint, picture, rectangle, stroke, text } from "./markup.ts";
import { RESULT_COLOURS, sign } from "./signs.ts";
import { widthOf } from "./text-width.ts";

const ID = "matrix";
const WIDE = { width: 720, beside: true };
const NARROW = { width: 360, beside: false };
const BOLD = 600;

/** The order of the rows. */
const ORDER: readonly Result[] = [
  "fail",
  "error",
  "warn",
  "inconclusive",
  "pass",
  "no_exception",
  "context",
  "not_applicable",
  "not_assessed",
];

/** Absent where the report has no findings. */
export function matrix(report: ComplianceReport, language: Language): Chart | undefined {
  const { findings } = report;
  if (findings.length === 0) return undefined;
  const { charts: words, numbers } = language;
  const names = language.report.names.results;
  const having = (...results: readonly Result[]): number =>
    findings.filter(({ result }) => results.includes(result)).length;
  const says = words.matrix.says({
    criteria: findings.length,
    fail: having("fail"),
    warn: having("warn"),
    pass: having("pass"),
    open: having("inconclusive", "error", "not_assessed"),
    without: having("no_exception", "context", "not_applicable"),
  });
  const sorted = ORDER.flatMap((result) => findings.filter((finding) => finding.result === result));
  return {
    id: ID,
    title: words.matrix.title,
    says,
    svg: draw(report, language, says, WIDE),
    narrow: draw(report, language, says, NARROW),
    data: {
      columns: [
        { title: words.criterion },
        { title: words.resultColumn },
        { title: words.population, align: "right" },
        { title: words.exceptions, align: "right" },
      ],
      rows: sorted.map(({ criterion, result, population, exceptions }) => [
        criterion,
        names[result],
        numbers.count(population),
        numbers.count(exceptions),
      ]),
    },
  };
}

const TILE = 20;
const TILE_GAP = 6;
const WIDEST_TILE = 150;

function draw(
  { findings, notAssessed, weighted }: ComplianceReport,
  {
    charts: words,
    numbers,
    report: {
      names: { results: names },
      terminal,
    },
  }: Language,
  says: string,
  layout: typeof WIDE,
): string {
  const { width } = layout;
  const left = layout.beside
    ? Math.max(...ORDER.map((result) => widthOf(names[result], 12, BOLD))) + 66
    : 0;
  const besides = notAssessed.reduce((sum, { count = 1 }) => sum + count, 0);
  const parts: string[] = [];
  let y = 4;
  for (const result of ORDER) {
    const ids = findings.filter((one) => one.result === result).map(({ criterion }) => criterion);
    const untested = result === "not_assessed" ? besides : 0;
    if (ids.length + untested === 0) continue;
    if (parts.length > 0) parts.push(stroke([0, y], [width, y], "rule"));
    y += 8;
    parts.push(
      sign(result, 1, y + 4),
      text(names[result], { x: 20, y: y + 14, colour: "ink", weight: BOLD }),
      text(numbers.count(ids.length + untested), {
        x: layout.beside ? left - 14 : width - 2,
        y: y + 14,
        anchor: "end",
        colour: "ink",
        weight: BOLD,
      }),
    );
    if (!layout.beside) y += 24;
    let x = left;
    for (const id of ids) {
      const tile = Math.min(WIDEST_TILE, widthOf(name(id), LABEL_SIZE) + 14);
      if (x > left && x + tile > width) {
        x = left;
        y += TILE + TILE_GAP;
      }
      parts.push(tileOf(id, result, x, y, tile));
      x += tile + TILE_GAP;
    }
    if (untested > 0) {
      // Rows of the documented types stand for ranges, and do not say of how many.
      const label =
        weighted === undefined
          ? terminal.requirements(untested)
          : words.matrix.requirements(untested);
      if (x > left && x + widthOf(label, LABEL_SIZE) > width) {
        x = left;
        y += TILE + TILE_GAP;
      }
      parts.push(text(label, { x, y: y + 14, size: LABEL_SIZE }));
    }
    y += TILE + 8;
  }
  return picture({ width, height: y }, says, parts);
}

function tileOf(id: string, result: Result, x: number, y: number, width: number): string {
  const colour = RESULT_COLOURS[result];
  return (
    rectangle(x + 0.5, y + 0.5, width - 1, TILE - 1, { ...paint("surface", colour), rx: 3 }) +
    rectangle(x, y, 4, TILE, { ...paint(colour), rx: 1.5 }) +
    boxed(id, { x: x + 8, y, width: width - 10, height: TILE }, { colour: "ink", size: LABEL_SIZE })
  );
}
