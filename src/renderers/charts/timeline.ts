// Exceptions and silences over time, a lane for each test that found some.

import type { Language } from "../../languages/language.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { Gap } from "../../model/observation.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Result } from "../../model/result.ts";
import { TIME_AXIS_HEIGHT, timeAxis, timeScale } from "./axes.ts";
import type { Plot } from "./axes.ts";
import { stretchOf, timeOf } from "./bins.ts";
import type { Stretch } from "./bins.ts";
import type { Chart } from "./chart.ts";
import { key } from "./key.ts";
import { boxed } from "./log-text.ts";
import { element, paint, picture, rectangle, stroke, text } from "./markup.ts";
import { RESULT_COLOURS, sign } from "./signs.ts";
import { stretchesOf } from "./silences.ts";
import { fitted, widthOf } from "./text-width.ts";

const ID = "timeline";
const WIDE = { width: 720, names: 250, row: 26, above: 0 };
const NARROW = { width: 360, names: 0, row: 42, above: 20 };

/** Lanes that are drawn; the table has all. */
const MOST_LANES = 12;

/** One test, or criterion, with what it found. */
interface Lane {
  readonly label: string;
  readonly result: Result;
  readonly exceptions: number;
  /** Exceptions with a readable time, in the order of time. */
  readonly entries: readonly { readonly time: number; readonly written: string }[];
  readonly silences: readonly Stretch[];
}

/** Worst first. */
const WEIGHT: Readonly<Partial<Record<Result, number>>> = { fail: 0, warn: 1, error: 2 };

/** Absent where nothing was found that can be placed in time. */
export function timeline(report: ComplianceReport, language: Language): Chart | undefined {
  const lanes = lanesOf(report);
  const stretch = around(lanes, stretchOf(report));
  if (stretch === undefined) return undefined;
  const { charts: words, numbers } = language;
  const silences = lanes.flatMap((lane) => lane.silences);
  const different = new Map(silences.map((one) => [`${one.from} ${one.to}`, one.to - one.from]));
  const says = words.timeline.says({
    lanes: lanes.filter(({ entries }) => entries.length > 0).length,
    exceptions: lanes
      .filter(({ entries }) => entries.length > 0)
      .reduce((sum, { exceptions }) => sum + exceptions, 0),
    silences: different.size,
    ...(different.size === 0
      ? {}
      : { longestSilence: Math.round(Math.max(...different.values()) * 1000) }),
  });
  return {
    id: ID,
    title: words.timeline.title,
    says,
    svg: draw(lanes, stretch, says, language, WIDE),
    narrow: draw(lanes, stretch, says, language, NARROW),
    data: {
      columns: [
        { title: words.timeline.test },
        { title: words.resultColumn },
        { title: words.exceptions, align: "right" },
        { title: words.timeline.shown, align: "right" },
        { title: words.timeline.first },
        { title: words.timeline.last },
      ],
      rows: lanes.map(({ label, result, exceptions, entries, silences: quiet }) => [
        label,
        language.report.names.results[result],
        numbers.count(exceptions),
        numbers.count(entries.length + quiet.length),
        entries[0]?.written ?? isoOf(quiet[0]?.from),
        entries.at(-1)?.written ?? isoOf(quiet.at(-1)?.to),
      ]),
    },
  };
}

function isoOf(time: number | undefined): string {
  return time === undefined ? "" : new Date(time).toISOString();
}

interface Found {
  readonly result: Result;
  readonly exceptions: number;
  readonly exceptionEntries: readonly AuditEntry[];
  readonly gaps?: readonly Gap[];
}

/** A lane for each test of a weighted framework; for each criterion of another. */
function lanesOf({ findings, weighted }: ComplianceReport): Lane[] {
  const lanes =
    weighted === undefined
      ? findings.map((finding) => laneOf(withoutResult(finding.title), finding))
      : weighted.tests.map((test) => laneOf(`${test.code ?? test.key} ${test.title}`, test));
  return lanes
    .filter(({ entries, silences }) => entries.length + silences.length > 0)
    .toSorted((one, other) => (WEIGHT[one.result] ?? 3) - (WEIGHT[other.result] ?? 3));
}

function laneOf(label: string, { result, exceptions, exceptionEntries, gaps = [] }: Found): Lane {
  const silences = stretchesOf(gaps);
  const entries = exceptionEntries
    .map(({ timestamp }) => ({ time: timeOf(fieldText(timestamp)), written: fieldText(timestamp) }))
    .filter(({ time }) => !Number.isNaN(time))
    .toSorted((one, other) => one.time - other.time);
  // The exceptions of a test of silences are the entries that end them; the silence says more.
  return { label, result, exceptions, silences, entries: silences.length > 0 ? [] : entries };
}

/** `CC6.8 Unauthorized Access` of `CC6.8 Unauthorized Access: FAIL`. */
function withoutResult(title: string): string {
  const end = title.lastIndexOf(": ");
  return end === -1 ? title : title.slice(0, end);
}

/** What the log covers, and all that was found. Undefined when nothing was. */
function around(lanes: readonly Lane[], log: Stretch | undefined): Stretch | undefined {
  const times = lanes.flatMap(({ entries, silences }) => [
    ...entries.map(({ time }) => time),
    ...silences.flatMap(({ from, to }) => [from, to]),
  ]);
  if (times.length === 0) return undefined;
  const from = Math.min(...times, log?.from ?? Number.POSITIVE_INFINITY);
  return { from, to: Math.max(...times, log?.to ?? Number.NEGATIVE_INFINITY, from + 1) };
}

function draw(
  lanes: readonly Lane[],
  stretch: Stretch,
  says: string,
  language: Language,
  layout: typeof WIDE,
): string {
  const { charts: words } = language;
  const { width, row, names } = layout;
  const shown = lanes.slice(0, MOST_LANES);
  const counts = shown.map(({ entries, silences, exceptions }) => {
    const part = Math.min(entries.length + silences.length, exceptions);
    return words.partOf({ part, whole: Math.max(part, exceptions) });
  });
  const legend = key(
    [
      ...(shown.some(({ silences }) => silences.length > 0)
        ? [
            {
              label: words.silence,
              swatch: (x: number, y: number) => bar(x, x + 12, y + 6, "warn"),
            },
          ]
        : []),
      ...(shown.some(isCut)
        ? [
            {
              label: words.timeline.unlisted,
              swatch: (x: number, y: number) => further(x, x + 12, y + 6),
            },
          ]
        : []),
    ],
    { left: 0, right: width, top: 2 },
  );
  const top = legend.height + 6;
  const plot: Plot = {
    left: names === 0 ? 8 : names + 16,
    right: width - (names === 0 ? 8 : 16 + Math.max(...counts.map((count) => widthOf(count)))),
    top,
    bottom: top + shown.length * row,
  };
  const time = timeScale(stretch, plot);
  const left = lanes.length - shown.length;
  const height = plot.bottom + TIME_AXIS_HEIGHT + (left > 0 ? 18 : 0);
  const drawn = shown.map((lane, index) => {
    const y = top + index * row;
    const middle = y + layout.above + (row - layout.above) / 2;
    const count = counts[index] ?? "";
    const label = { x: 18, y, width: names - 18, height: row };
    const above = { x: 18, y, width: width - 30 - widthOf(count), height: layout.above };
    return [
      sign(lane.result, 1, (names === 0 ? y + layout.above / 2 : middle) - 6),
      boxed(lane.label, names === 0 ? above : label, { colour: "ink" }),
      text(count, {
        x: width - 2,
        y: (names === 0 ? y + layout.above / 2 : middle) + 4,
        anchor: "end",
        colour: "ink",
      }),
      stroke([plot.left, middle], [plot.right, middle], "rule"),
      ...lane.silences.map(({ from, to }) => {
        const start = Math.min(time(from), plot.right - 3);
        return bar(start, Math.max(start + 3, time(to)), middle, lane.result);
      }),
      ...(isCut(lane) ? [further(time(lane.entries.at(-1)?.time ?? 0), plot.right, middle)] : []),
      ...lane.entries.map((entry) => mark(lane.result, time(entry.time), middle)),
    ].join("");
  });
  return picture({ width, height }, says, [
    legend.markup,
    ...drawn,
    stroke([plot.left, plot.bottom], [plot.right, plot.bottom], "muted"),
    timeAxis(time, plot, plot.bottom, language),
    ...(left > 0 ? [text(fitted(words.timeline.more(left), width), { x: 0, y: height - 4 })] : []),
  ]);
}

/** Whether a lane has more exceptions than a report lists. Those listed are the first. */
function isCut({ entries, exceptions }: Lane): boolean {
  return entries.length > 0 && entries.length < exceptions;
}

/** Exceptions of which only the number is known, at or after the last that is listed. */
function further(from: number, to: number, y: number): string {
  return stroke([from, y], [to, y], "grey", { "stroke-width": 4, "stroke-dasharray": "2 3" });
}

/** An exception: a diamond for a failure, a triangle for a warning, a ring for anything else. */
function mark(result: Result, x: number, y: number): string {
  const transform = `translate(${Math.round(x * 100) / 100} ${y})`;
  const colour = RESULT_COLOURS[result];
  if (result === "fail") {
    return element("path", {
      d: "M0 -6L4.5 0L0 6L-4.5 0Z",
      transform,
      ...paint(colour, "surface"),
    });
  }
  if (result === "warn") {
    return element("path", { d: "M0 -5.5L5 4.5H-5Z", transform, ...paint(colour, "surface") });
  }
  return element("circle", {
    r: 4,
    transform,
    "stroke-width": 1.75,
    ...paint("surface", colour),
  });
}

/** A silence. */
function bar(from: number, to: number, y: number, result: Result): string {
  return rectangle(from, y - 4, to - from, 8, { ...paint(RESULT_COLOURS[result]), rx: 1 });
}
