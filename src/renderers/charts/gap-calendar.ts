// When the log holds entries and when it holds none: hours of days, days of weeks, months of
// years, or years of decades, whichever is the finest that has room.

import type { Language } from "../../languages/language.ts";
import type { TimeUnit } from "../../languages/words/charts.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { LABEL_SIZE } from "./axes.ts";
import { binsOfUnit, partsOf, startOf, stretchOf } from "./bins.ts";
import type { Bin, Stretch } from "./bins.ts";
import type { Chart } from "./chart.ts";
import { heatOf } from "./heat.ts";
import type { Heat } from "./heat.ts";
import { key, square } from "./key.ts";
import type { KeyEntry } from "./key.ts";
import { element, paint, picture, rectangle, text } from "./markup.ts";
import { silencesOf } from "./silences.ts";

const ID = "gap-calendar";
const WIDE = { width: 720, weeks: 53 };
const NARROW = { width: 360, weeks: 24 };
type Layout = typeof WIDE;

const DAY = 86_400_000;
const MOST_ROWS_OF_HOURS = 45;
const MOST_WEEKS = 106;
const MOST_ROWS_OF_MONTHS = 40;

/** Absent where no entry has a readable time. */
export function gapCalendar(report: ComplianceReport, language: Language): Chart | undefined {
  const stretch = stretchOf(report);
  if (stretch === undefined) return undefined;
  const unit = cellsOf(report, stretch);
  const cells = binsOfUnit(report, stretch, unit);
  const { charts: words, numbers } = language;
  const filled = cells.filter(({ entries }) => entries > 0);
  if (filled.length === 0) return undefined;
  const longest = longestRun(cells);
  const says = words.gapCalendar.says({
    unit,
    filled: filled.length,
    all: cells.length,
    ...(longest === undefined
      ? {}
      : {
          longest: {
            count: longest.count,
            from: partsOf(longest.first.from),
            to: partsOf(longest.last.from),
          },
        }),
  });
  const calendar: Calendar = {
    unit,
    cells,
    heat: heatOf(filled.map(({ entries }) => entries)),
    silences: silencesOf(report),
    says,
    language,
  };
  const rowUnit = ROW_OF[unit];
  const gathered = new Map<number, Bin[]>();
  for (const cell of cells) {
    const start = startOf(rowUnit, cell.from);
    const row = gathered.get(start);
    if (row === undefined) gathered.set(start, [cell]);
    else row.push(cell);
  }
  return {
    id: ID,
    title: words.gapCalendar.title,
    says,
    svg: draw(calendar, WIDE),
    narrow: draw(calendar, NARROW),
    data: {
      columns: [
        { title: words.column(rowUnit) },
        { title: words.entries, align: "right" },
        { title: words.gapCalendar.filled(unit), align: "right" },
        { title: words.gapCalendar.empty(unit), align: "right" },
      ],
      rows: [...gathered].map(([start, of]) => {
        const holding = of.filter(({ entries }) => entries > 0).length;
        return [
          words.stretch(rowUnit, partsOf(start)),
          numbers.count(of.reduce((sum, { entries }) => sum + entries, 0)),
          numbers.count(holding),
          numbers.count(of.length - holding),
        ];
      }),
    },
  };
}

type CellUnit = "hour" | "day" | "month" | "year";

/** What a row of the table gathers. */
const ROW_OF: Readonly<Record<CellUnit, TimeUnit>> = {
  hour: "day",
  day: "month",
  month: "year",
  year: "decade",
};

function cellsOf({ activity: { unit } }: ComplianceReport, { from, to }: Stretch): CellUnit {
  const days = (to - from) / DAY;
  if (unit === "hour" && days <= MOST_ROWS_OF_HOURS) return "hour";
  if ((unit === "hour" || unit === "day") && days <= (MOST_WEEKS - 1) * 7) return "day";
  if (unit !== "year" && days <= (MOST_ROWS_OF_MONTHS - 1) * 365) return "month";
  return "year";
}

interface Run {
  readonly count: number;
  readonly first: Bin;
  readonly last: Bin;
}

/** The longest run of cells without an entry; the first of several. */
function longestRun(cells: readonly Bin[]): Run | undefined {
  let open: Run | undefined;
  let longest: Run | undefined;
  for (const cell of cells) {
    open =
      cell.entries > 0
        ? undefined
        : { count: (open?.count ?? 0) + 1, first: open?.first ?? cell, last: cell };
    if (open !== undefined && open.count > (longest?.count ?? 0)) longest = open;
  }
  return longest;
}

interface Calendar {
  readonly unit: CellUnit;
  readonly cells: readonly Bin[];
  readonly heat: Heat;
  readonly silences: readonly Stretch[];
  readonly says: string;
  readonly language: Language;
}

function draw(calendar: Calendar, layout: Layout): string {
  const { language, heat, cells, silences } = calendar;
  const { charts: words, numbers } = language;
  const silent = (cell: Bin): boolean =>
    cell.entries === 0 && silences.some(({ from, to }) => from < cell.to && to > cell.from);
  const entries: KeyEntry[] = [];
  const empty = cells.filter((cell) => cell.entries === 0);
  if (empty.some((cell) => !silent(cell))) {
    entries.push({ label: words.noEntries, swatch: square(EMPTY) });
  }
  if (empty.some(silent)) {
    entries.push({
      label: words.silence,
      swatch: (x, y) => rectangle(x + 0.5, y + 0.5, 11, 11, SILENT) + cross(x + 6, y + 6, 3),
    });
  }
  for (const { colour, least, most } of heat.levels) {
    const range =
      least === most ? numbers.count(least) : `${numbers.count(least)}–${numbers.count(most)}`;
    entries.push({ label: range, swatch: square(paint(colour)) });
  }
  const legend = key(entries, { left: 0, right: layout.width, top: 20 });
  const top = 20 + legend.height + 6;
  const grid = calendar.unit === "day" ? weeks(calendar, layout, top) : rows(calendar, layout, top);
  return picture({ width: layout.width, height: grid.height }, calendar.says, [
    text(words.per(calendar.unit), { x: 0, y: 11, size: LABEL_SIZE }),
    legend.markup,
    grid.labels,
    ...grid.cells.map(({ cell, x, y, width, height }) => {
      if (cell.entries > 0)
        return rectangle(x, y, width, height, paint(heat.colourOf(cell.entries)));
      const inside = [x + 0.5, y + 0.5, width - 1, height - 1] as const;
      return silent(cell)
        ? rectangle(...inside, SILENT) +
            cross(x + width / 2, y + height / 2, Math.min(width, height) / 2 - 2.5)
        : rectangle(...inside, EMPTY);
    }),
  ]);
}

const EMPTY = { ...paint("surface", "grey"), "stroke-width": 0.75 };
const SILENT = paint("surface", "crimson");

function cross(x: number, y: number, arm: number): string {
  const [left, right, above, below] = [x - arm, x + arm, y - arm, y + arm].map(
    (value) => Math.round(value * 100) / 100,
  );
  return element("path", {
    d: `M${left} ${above}L${right} ${below}M${right} ${above}L${left} ${below}`,
    "stroke-width": 1.5,
    ...paint("none", "crimson"),
  });
}

interface Cell {
  readonly cell: Bin;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Grid {
  readonly cells: readonly Cell[];
  readonly labels: string;
  readonly height: number;
}

/** A column a week, Monday above; so many weeks side by side, the others below. */
function weeks({ cells, language }: Calendar, layout: Layout, top: number): Grid {
  const words = language.charts;
  const left = 34;
  const first = startOf("week", cells[0]?.from ?? 0);
  const weekOf = ({ from }: Bin): number => Math.round((startOf("week", from) - first) / (7 * DAY));
  const last = cells.at(-1);
  const all = (last === undefined ? 0 : weekOf(last)) + 1;
  const wide = Math.min(28, (layout.width - left) / Math.min(all, layout.weeks));
  const high = Math.min(16, Math.max(12, wide));
  const blockHeight = 7 * high + 36;
  const labels: string[] = [];
  const blocks = Math.ceil(all / layout.weeks);
  for (let block = 0; block < blocks; block += 1) {
    for (const day of [0, 2, 4]) {
      const y = top + block * blockHeight + 28 + day * high + high / 2 + 4;
      labels.push(text(words.weekdays[day] ?? "", { x: 0, y, size: LABEL_SIZE }));
    }
  }
  let labelled = Number.NEGATIVE_INFINITY;
  let row = -1;
  let month = -1;
  let year = -1;
  const placed = cells.map((cell): Cell => {
    const week = weekOf(cell);
    const block = Math.floor(week / layout.weeks);
    const x = left + (week % layout.weeks) * wide;
    const blockTop = top + block * blockHeight;
    const at = partsOf(cell.from);
    if (block !== row) {
      row = block;
      labelled = Number.NEGATIVE_INFINITY;
      month = -1;
      year = -1;
    }
    if (at.month !== month && x - labelled >= 30 && x + 30 <= layout.width) {
      month = at.month;
      labelled = x;
      labels.push(
        text(words.months[at.month - 1] ?? "", { x, y: blockTop + 23, size: LABEL_SIZE }),
      );
      if (at.year !== year) {
        year = at.year;
        labels.push(text(String(at.year), { x, y: blockTop + 9, size: LABEL_SIZE }));
      }
    }
    const day = Math.floor((cell.from - startOf("week", cell.from)) / DAY);
    return {
      cell,
      x: x + 0.75,
      y: blockTop + 28 + day * high + 0.75,
      width: wide - 1.5,
      height: high - 1.5,
    };
  });
  return { cells: placed, labels: labels.join(""), height: top + blocks * blockHeight - 6 };
}

/** A row a day, a year or a decade. */
function rows({ unit, cells, language }: Calendar, layout: Layout, top: number): Grid {
  const words = language.charts;
  const rowUnit = ROW_OF[unit];
  const starts = [...new Set(cells.map(({ from }) => startOf(rowUnit, from)))];
  const columns = unit === "hour" ? 24 : unit === "month" ? 12 : 10;
  const left = unit === "hour" ? 62 : 46;
  const wide = (layout.width - left) / columns;
  const high = starts.length <= 14 ? 18 : 14;
  const columnOf = (from: number): number => {
    const at = partsOf(from);
    if (unit === "hour") return at.hour;
    return unit === "month" ? at.month - 1 : at.year % 10;
  };
  const columnLabel = (column: number): string => {
    if (unit === "hour") return `${String(column).padStart(2, "0")}:00`;
    return unit === "month" ? (words.months[column] ?? "") : `…${column}`;
  };
  const every = Math.ceil(38 / wide);
  const labels: string[] = [];
  for (let column = 0; column < columns; column += unit === "hour" && every > 1 ? 6 : every) {
    labels.push(
      text(columnLabel(column), { x: left + column * wide, y: top + 10, size: LABEL_SIZE }),
    );
  }
  for (const [index, start] of starts.entries()) {
    const at = partsOf(start);
    const label = unit === "hour" ? words.dayAndMonth(at) : String(at.year);
    const y = top + 16 + index * high + high / 2 + 4;
    labels.push(text(label, { x: left - 8, y, anchor: "end", size: LABEL_SIZE }));
  }
  const rowOf = new Map(starts.map((start, index) => [start, index]));
  const placed = cells.map((cell): Cell => {
    const index = rowOf.get(startOf(rowUnit, cell.from)) ?? 0;
    return {
      cell,
      x: left + columnOf(cell.from) * wide + 0.75,
      y: top + 16 + index * high + 0.75,
      width: wide - 1.5,
      height: high - 1.5,
    };
  });
  return { cells: placed, labels: labels.join(""), height: top + 16 + starts.length * high + 4 };
}
