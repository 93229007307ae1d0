// Shares of what was blocked and of what was sent to a human, over time.

import { line } from "d3-shape";
import type { Language } from "../../languages/language.ts";
import type { Part } from "../../languages/words/charts.ts";
import type { ComplianceReport } from "../../model/report.ts";
import {
  LABEL_SIZE,
  TIME_AXIS_HEIGHT,
  timeAxis,
  timeScale,
  valueAxis,
  valueAxisWidth,
  valueScale,
} from "./axes.ts";
import type { Plot } from "./axes.ts";
import { binsOf, partsOf, stretchOf, totalOf } from "./bins.ts";
import type { Bin, Bins } from "./bins.ts";
import type { Chart } from "./chart.ts";
import type { ChartColourName } from "./colours.ts";
import { element, paint, picture, rectangle, text } from "./markup.ts";
import type { Attributes } from "./markup.ts";
import { widthOf } from "./text-width.ts";

const ID = "trend";
const WIDE = { width: 720, bins: 56 };
const NARROW = { width: 360, bins: 16 };
const PLOT_HEIGHT = 150;

/** Fewer points than this show no course. */
const FEWEST = 3;

interface Series {
  readonly label: string;
  readonly part: (bin: Bin) => number;
  readonly colour: ChartColourName;
  readonly line: Attributes;
  readonly mark: (x: number, y: number) => string;
}

/** Absent where the log records no decisions, or too few spans of it hold entries. */
export function trend(report: ComplianceReport, language: Language): Chart | undefined {
  const stretch = stretchOf(report);
  if (stretch === undefined || !report.population.recordable.includes("approval")) return undefined;
  const wide = binsOf(report, stretch, WIDE.bins);
  const filled = wide.bins.filter(({ entries }) => entries > 0);
  if (filled.length < FEWEST) return undefined;
  const { charts: words, numbers } = language;
  const half = Math.floor(filled.length / 2);
  const first = totalOf(filled.slice(0, half));
  const second = totalOf(filled.slice(half));
  const both = (of: "block" | "approve"): readonly [Part, Part] => [
    { part: first[of], whole: first.entries },
    { part: second[of], whole: second.entries },
  ];
  const says = words.trend.says({ blocked: both("block"), asked: both("approve") });
  const narrow = binsOf(report, stretch, NARROW.bins);
  return {
    id: ID,
    title: words.trend.title,
    says,
    svg: draw(wide, says, language, WIDE.width),
    narrow: draw(narrow, says, language, NARROW.width),
    data: {
      columns: [
        { title: words.column(wide.unit) },
        { title: words.entries, align: "right" },
        { title: words.trend.blocked, align: "right" },
        { title: words.trend.asked, align: "right" },
      ],
      rows: wide.bins.map(({ from, entries, block, approve }) => [
        words.stretch(wide.unit, partsOf(from)),
        numbers.count(entries),
        entries === 0 ? "" : numbers.share(block, entries),
        entries === 0 ? "" : numbers.share(approve, entries),
      ]),
    },
  };
}

function draw({ unit, bins }: Bins, says: string, language: Language, width: number): string {
  const { charts: words, numbers } = language;
  const series: readonly Series[] = [
    {
      label: words.trend.asked,
      part: ({ approve }) => approve,
      colour: "ochre",
      line: { "stroke-width": 2, "stroke-dasharray": "6 4", ...paint("none", "ochre") },
      mark: (cx, cy) =>
        element("circle", { cx, cy, r: 3.5, "stroke-width": 1.75, ...paint("surface", "ochre") }),
    },
    {
      label: words.trend.blocked,
      part: ({ block }) => block,
      colour: "crimson",
      line: { "stroke-width": 2.25, ...paint("none", "crimson") },
      mark: (x, y) => rectangle(x - 3.25, y - 3.25, 6.5, 6.5, paint("crimson")),
    },
  ];
  const filled = bins.filter(({ entries }) => entries > 0);
  const most = Math.max(
    0.01,
    ...filled.flatMap((bin) => series.map(({ part }) => part(bin) / bin.entries)),
  );
  const label = (value: number): string => numbers.share(Math.round(value * 1e6), 1e6);
  const labels = Math.max(...series.map((one) => widthOf(one.label, 12, 600)));
  const top = 32;
  const plot: Plot = {
    left: valueAxisWidth(most, label),
    right: width - labels - 12,
    top,
    bottom: top + PLOT_HEIGHT,
  };
  const time = timeScale({ from: bins[0]?.from ?? 0, to: bins.at(-1)?.to ?? 1 }, plot);
  const value = valueScale(most, plot);
  const x = ({ from, to }: Bin): number => time((from + to) / 2);
  const ends = apart(
    series.map(({ part }) => {
      const last = filled.at(-1);
      return last === undefined ? plot.bottom : value(part(last) / last.entries);
    }),
  );
  return picture({ width, height: plot.bottom + TIME_AXIS_HEIGHT }, says, [
    text(words.trend.axis(unit), { x: 0, y: 14, size: LABEL_SIZE }),
    valueAxis(value, plot, label, false),
    ...series.map((one, index) => {
      const y = (bin: Bin): number => value(one.part(bin) / bin.entries);
      const path = line<Bin>()
        .digits(2)
        .defined(({ entries }) => entries > 0)
        .x(x)
        .y(y)([...bins]);
      return (
        element("path", { d: path ?? undefined, "stroke-linejoin": "round", ...one.line }) +
        marked(bins)
          .map((bin) => one.mark(x(bin), y(bin)))
          .join("") +
        text(one.label, {
          x: plot.right + 8,
          y: (ends[index] ?? plot.bottom) + 4,
          weight: 600,
          colour: "ink",
        })
      );
    }),
    timeAxis(time, plot, plot.bottom, language),
  ]);
}

/** Points closer than this are a line; only ends and those without neighbours keep their mark. */
const MOST_MARKS = 32;

function marked(bins: readonly Bin[]): readonly Bin[] {
  const filled = bins.filter(({ entries }) => entries > 0);
  if (bins.length <= MOST_MARKS) return filled;
  return bins.filter(
    ({ entries }, index) =>
      entries > 0 && !((bins[index - 1]?.entries ?? 0) > 0 && (bins[index + 1]?.entries ?? 0) > 0),
  );
}

/** Two labels at these heights, moved until one can be read above the other. */
function apart([one = 0, other = 0]: readonly number[]): readonly [number, number] {
  const distance = 16;
  const missing = distance - Math.abs(one - other);
  if (missing <= 0) return [one, other];
  const [above, below] = [Math.min(one, other) - missing, Math.max(one, other)];
  return one <= other ? [above, below] : [below, above];
}
