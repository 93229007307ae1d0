// Axes: values from zero upwards, and time in UTC.

import { scaleLinear, scaleUtc } from "d3-scale";
import type { ScaleLinear, ScaleTime } from "d3-scale";
import type { Language } from "../../languages/language.ts";
import { partsOf } from "./bins.ts";
import type { Stretch } from "./bins.ts";
import { stroke, text } from "./markup.ts";
import { widthOf } from "./text-width.ts";

/** The part of a picture in which values are drawn. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Size of labels on axes, in pixels. */
export const LABEL_SIZE = 11;

/** Room that the two lines of a time axis take below it. */
export const TIME_AXIS_HEIGHT = 36;

/** A scale from zero to a round number that is no less than the most. */
export function valueScale(most: number, { top, bottom }: Plot): ScaleLinear<number, number> {
  return scaleLinear().domain([0, most]).nice(4).range([bottom, top]);
}

/** Grid lines with their values at the left. */
export function valueAxis(
  scale: ScaleLinear<number, number>,
  { left, right }: Plot,
  label: (value: number) => string,
  whole = true,
): string {
  return scale
    .ticks(4)
    .filter((value) => !whole || Number.isInteger(value))
    .map((value) => {
      const y = scale(value);
      return (
        stroke([left, y], [right, y], value === 0 ? "muted" : "rule") +
        text(label(value), { x: left - 6, y: y + 4, anchor: "end", size: LABEL_SIZE })
      );
    })
    .join("");
}

/** Room that the labels of a value axis need at the left. */
export function valueAxisWidth(most: number, label: (value: number) => string): number {
  const labels = scaleLinear().domain([0, most]).nice(4).ticks(4).map(label);
  return Math.ceil(Math.max(...labels.map((one) => widthOf(one, LABEL_SIZE))) + 8);
}

/** A scale of time. */
export function timeScale({ from, to }: Stretch, { left, right }: Plot): ScaleTime<number, number> {
  return scaleUtc().domain([from, to]).range([left, right]);
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LABEL_WIDTH = 78;

/** Ticks and labels under a plot: what changes in the first line, what holds for longer below it. */
export function timeAxis(
  scale: ScaleTime<number, number>,
  plot: Plot,
  y: number,
  { charts: words }: Language,
): string {
  const room = plot.right - plot.left;
  const ticks = scale.ticks(Math.max(2, Math.floor(room / LABEL_WIDTH))).map(Number);
  const step = (ticks[1] ?? Number.POSITIVE_INFINITY) - (ticks[0] ?? 0);
  const labels = (time: number): readonly [short: string, long: string] => {
    const at = partsOf(time);
    if (step < 20 * HOUR) {
      const minutes = String(Math.floor((time % HOUR) / 60_000)).padStart(2, "0");
      const clock = `${String(at.hour).padStart(2, "0")}:${minutes}`;
      return [clock, `${words.dayAndMonth(at)} ${at.year}, UTC`];
    }
    if (step < 27 * DAY) return [words.dayAndMonth(at), String(at.year)];
    if (step < 360 * DAY) return [words.months[at.month - 1] ?? "", String(at.year)];
    return [String(at.year), ""];
  };
  let before = "";
  let end = Number.NEGATIVE_INFINITY;
  let shortEnd = Number.NEGATIVE_INFINITY;
  return ticks
    .map((time) => {
      const x = scale(time);
      const [short, long] = labels(time);
      const parts = [stroke([x, y], [x, y + 4], "muted")];
      const shortWidth = widthOf(short, LABEL_SIZE);
      const shortPlace = placed(x, shortWidth, plot);
      if (startAt(shortPlace, shortWidth) > shortEnd + 6) {
        parts.push(text(short, { ...shortPlace, y: y + 16, size: LABEL_SIZE }));
        shortEnd = startAt(shortPlace, shortWidth) + shortWidth;
      }
      const width = widthOf(long, LABEL_SIZE);
      const place = placed(x, width, plot);
      if (long !== "" && long !== before && startAt(place, width) > end + 6) {
        parts.push(text(long, { ...place, y: y + 30, size: LABEL_SIZE }));
        end = startAt(place, width) + width;
        before = long;
      }
      return parts.join("");
    })
    .join("");
}

interface Place {
  readonly x: number;
  readonly anchor: "start" | "middle" | "end";
}

/** In the middle under its tick, unless it would leave the plot. */
function placed(x: number, width: number, { left, right }: Plot): Place {
  if (x - width / 2 < left) return { x: Math.max(x, left), anchor: "start" };
  if (x + width / 2 > right) return { x: Math.min(x, right), anchor: "end" };
  return { x, anchor: "middle" };
}

function startAt({ x, anchor }: Place, width: number): number {
  if (anchor === "start") return x;
  return anchor === "end" ? x - width : x - width / 2;
}
