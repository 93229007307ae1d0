// Bars over time, each a stack from a zero line: what several charts are drawn with.

import { stack } from "d3-shape";
import type { Language } from "../../languages/language.ts";
import type { ActivityCounts } from "../../model/activity.ts";
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
import { emptyRuns } from "./bins.ts";
import type { Bin, Stretch } from "./bins.ts";
import { key, square } from "./key.ts";
import { paint, picture, rectangle, stroke, text } from "./markup.ts";
import type { Attributes } from "./markup.ts";

/** One layer of the stacks. */
export interface Layer {
  readonly label: string;
  readonly count: (of: ActivityCounts) => number;
  readonly attributes: Attributes;
}

/** What is drawn. */
export interface StackedBars {
  readonly width: number;
  readonly says: string;
  readonly bins: readonly Bin[];
  /** From the zero line upwards. */
  readonly layers: readonly Layer[];
  /** Definitions of patterns. */
  readonly definitions: string;
  /** What the bars count, above the axis: `Entries per day`. */
  readonly axis: string;
  /** Silences that tests found, drawn on a rail under the bars. */
  readonly silences: readonly Stretch[];
  readonly language: Language;
}

const PLOT_HEIGHT = 170;
const RAIL = 9;
const WIDEST_BAR = 56;

/** The picture. */
export function stackedBars(of: StackedBars): string {
  const { width, bins, layers, language } = of;
  const shown = { from: bins[0]?.from ?? 0, to: bins.at(-1)?.to ?? 1 };
  const silences = of.silences.filter(({ from, to }) => from < shown.to && to > shown.from);
  const { charts: words, numbers } = language;
  const label = (value: number) => numbers.count(value);
  const totals = bins.map((bin) => layers.reduce((total, layer) => total + layer.count(bin), 0));
  const most = Math.max(1, ...totals);
  const runs = emptyRuns(bins);
  const entries = [
    ...layers.map((layer) => ({
      label: `${layer.label}: ${label(bins.reduce((total, bin) => total + layer.count(bin), 0))}`,
      swatch: square(layer.attributes),
    })),
    ...(runs.length === 0
      ? []
      : [{ label: words.noEntries, swatch: square(paint("empty", "rule")) }]),
    ...(silences.length === 0
      ? []
      : [{ label: words.silence, swatch: (x: number, y: number) => rail(x, x + 12, y + 6) }]),
  ];
  const legend = key(entries, { left: 0, right: width, top: 2 });
  const top = legend.height + 30;
  const plot: Plot = {
    left: valueAxisWidth(most, label),
    right: width - 4,
    top,
    bottom: top + PLOT_HEIGHT,
  };
  const railHeight = silences.length === 0 ? 0 : RAIL;
  const height = plot.bottom + railHeight + TIME_AXIS_HEIGHT;
  const time = timeScale(shown, plot);
  const value = valueScale(most, plot);
  return picture({ width, height }, of.says, [
    of.definitions,
    legend.markup,
    text(of.axis, { x: 0, y: legend.height + 16, size: LABEL_SIZE }),
    ...runs.map(({ from, to }) =>
      rectangle(time(from), plot.top, time(to) - time(from), PLOT_HEIGHT, paint("empty")),
    ),
    valueAxis(value, plot, label),
    ...barsOf(of, time, value),
    ...silences.map(({ from, to }) => {
      const [left, right] = within(time(from), time(to), plot);
      return rail(left, right, plot.bottom + RAIL / 2 + 1);
    }),
    timeAxis(time, plot, plot.bottom + railHeight, language),
  ]);
}

type Scale = (value: number) => number;

function barsOf({ bins, layers }: StackedBars, time: Scale, value: Scale): string[] {
  const stacked = stack<Bin, number>()
    .keys(layers.map((_, index) => index))
    .value((bin, index) => layers[index]?.count(bin) ?? 0)([...bins]);
  return stacked.flatMap((layer, index) =>
    layer.flatMap(([low, high], at) => {
      const bin = bins[at];
      if (bin === undefined || high <= low) return [];
      const left = time(bin.from);
      const right = time(bin.to);
      const gap = Math.max(Math.min(4, (right - left) * 0.2), right - left - WIDEST_BAR);
      // Layers stand apart by a hair, unless there is hardly room for the layer itself.
      const apart = low > 0 && value(low) - value(high) > 2 ? 0.75 : 0;
      return [
        rectangle(
          left + gap / 2,
          value(high),
          right - left - gap,
          value(low) - value(high) - apart,
          layers[index]?.attributes ?? {},
        ),
      ];
    }),
  );
}

/** A silence: a thick line between two ends. */
function rail(left: number, right: number, y: number): string {
  return (
    stroke([left, y], [right, y], "crimson", { "stroke-width": 3 }) +
    stroke([left, y - 4], [left, y + 4], "crimson", { "stroke-width": 1.5 }) +
    stroke([right, y - 4], [right, y + 4], "crimson", { "stroke-width": 1.5 })
  );
}

/** Inside the plot, and wide enough to be seen. */
function within(from: number, to: number, { left, right }: Plot): [number, number] {
  const start = Math.min(Math.max(from, left), right - 2);
  return [start, Math.max(start + 2, Math.min(to, right))];
}
