// Charts: what they say, that their numbers tie, and that nothing leaves its place.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LANGUAGES, languageOf } from "../../src/languages/languages.ts";
import type { Activity, ActivitySpan, AgentActivity } from "../../src/model/activity.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import type { Chart } from "../../src/renderers/charts/chart.ts";
import { chartsOf } from "../../src/renderers/charts/charts.ts";
import type { Charts } from "../../src/renderers/charts/charts.ts";
import { CHART_COLOURS } from "../../src/renderers/charts/colours.ts";
import { everyElement, parseXml } from "./charts-xml.ts";
import type { Element } from "./charts-xml.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { ACTIVITY, EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { WEIGHTED_REPORT } from "./weighted-fixture.ts";

const ENGLISH = languageOf("en");
const CODES = Object.keys(LANGUAGES);
const NAMES = [
  "gauge",
  "decisions",
  "riskByAgent",
  "gapCalendar",
  "matrix",
  "oversight",
  "trend",
  "timeline",
] as const;

function all(charts: Charts): Chart[] {
  return Object.values(charts).filter((chart): chart is Chart => chart !== undefined);
}

function svgsOf(chart: Chart): string[] {
  return [chart.svg, ...(chart.narrow === undefined ? [] : [chart.narrow])];
}

/** A number as the English report writes it. */
function read(cell: string | undefined): number {
  return Number((cell ?? "").replaceAll(",", ""));
}

function column(chart: Chart | undefined, index: number): number {
  return (chart?.data.rows ?? []).reduce((sum, row) => sum + read(row[index]), 0);
}

function withActivity(changes: Partial<Activity>): ComplianceReport {
  return { ...REPORT, activity: { ...ACTIVITY, ...changes } };
}

function span(start: string, fields: Partial<ActivitySpan> = {}): ActivitySpan {
  const counts = { auto: 8, approve: 4, block: 2, other: 1, elevated: 5, elevatedApproved: 4 };
  return { start, entries: 15, ...counts, ...fields };
}

describe.each(CODES)("in %s", (code) => {
  const language = languageOf(code);

  test.each([
    ["a report with points", REPORT],
    ["a weighted report", WEIGHTED_REPORT],
  ])("%s has every chart, well made", (_, report) => {
    const charts = chartsOf(report, language);
    expect(Object.keys(charts)).toEqual(NAMES);
    for (const chart of all(charts)) expectWellMade(chart);
    const ids = all(charts).flatMap(svgsOf).flatMap(idsOf);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(all(charts).map(({ id }) => id)).size).toBe(NAMES.length);
  });

  test("equal reports give equal charts", () => {
    const copy = structuredClone(WEIGHTED_REPORT);
    expect(chartsOf(copy, language)).toEqual(chartsOf(WEIGHTED_REPORT, language));
  });

  test("each says a sentence, and claims nothing", () => {
    for (const { says, title } of all(chartsOf(REPORT, language))) {
      expect(says).toMatch(/^[\p{Lu}\d].*\.$/u);
      expect(`${title} ${says}`).not.toMatch(
        /undefined|NaN|Infinity|complian|certif|audit-ready|\bmeets\b|konform|zertifi/i,
      );
    }
  });

  test("one of everything reads well", () => {
    const one = withActivity({
      unit: "hour",
      spans: [span("2026-01-01T05:00:00Z", { entries: 1, auto: 0, approve: 0, block: 0 })],
      agents: [],
    });
    const charts = chartsOf({ ...one, periodStart: null, periodEnd: null }, language);
    expect(Object.keys(charts)).not.toContain("trend");
    for (const chart of all(charts)) expectWellMade(chart);
  });
});

/** Well-formed, self-contained, named, readable in grey, nothing outside the picture. */
function expectWellMade(chart: Chart): void {
  expect(chart.id).toMatch(/^[a-z-]+$/);
  expect(chart.data.rows.length).toBeGreaterThan(0);
  for (const row of chart.data.rows) expect(row).toHaveLength(chart.data.columns.length);
  for (const svg of svgsOf(chart)) {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<script|<style| style=|href| on[a-z]+=/);
    const root = parseXml(svg);
    expect(root.attributes.get("role")).toBe("img");
    expect(root.children[0]).toMatchObject({ name: "title", text: chart.says });
    const [, , width = 0, height = 0] = (root.attributes.get("viewBox") ?? "")
      .split(" ")
      .map(Number);
    expect([320, 360, 720]).toContain(width);
    expect(outside(root, { width, height })).toEqual([]);
    for (const element of everyElement(root)) {
      expect(Number(element.attributes.get("font-size") ?? 12)).toBeGreaterThanOrEqual(11);
      expect(unthemed(element)).toEqual([]);
      expect([...element.attributes.values()].join(" ")).not.toMatch(/\.\d{3}|e-\d/);
    }
    for (const id of idsOf(svg)) expect(id.startsWith(`${chart.id}-`)).toBe(true);
  }
}

function idsOf(svg: string): string[] {
  return everyElement(parseXml(svg)).flatMap(({ attributes }) => attributes.get("id") ?? []);
}

const LIGHT = new Map<string, string>(CHART_COLOURS.map(({ name, light }) => [name, light]));

/** Colours of an element that no class repeats, or that its class says otherwise. */
function unthemed({ attributes }: Element): string[] {
  const classes = (attributes.get("class") ?? "").split(" ");
  return (["fill", "stroke"] as const).flatMap((paint) => {
    const colour = attributes.get(paint);
    if (colour === undefined || colour === "none" || colour.startsWith("url(#")) return [];
    const ending = paint === "fill" ? "" : "-line";
    const named = [...LIGHT].some(
      ([name, light]) => light === colour && classes.includes(`chart-${name}${ending}`),
    );
    return named ? [] : [`${paint} ${colour}`];
  });
}

/** Points of elements that lie outside a picture of that size. */
function outside(
  element: Element,
  size: { readonly width: number; readonly height: number },
  offset: readonly [number, number] = [0, 0],
): string[] {
  if (element.name === "pattern") return [];
  const number = (key: string): number => Number(element.attributes.get(key) ?? 0);
  const moved = /translate\((\S+) (\S+)\)/.exec(element.attributes.get("transform") ?? "");
  const left = offset[0] + Number(moved?.[1] ?? 0);
  const top = offset[1] + Number(moved?.[2] ?? 0);
  const path = element.attributes.get("d") ?? "";
  const points = [
    [number("x"), number("y")],
    [number("x") + number("width"), number("y") + number("height")],
    [number("x1"), number("y1")],
    [number("x2"), number("y2")],
    [number("cx"), number("cy")],
    ...[...path.matchAll(/[ML](-?[\d.]+)[ ,]?(-?[\d.]+)/g)].map(([, x, y]) => [
      Number(x),
      Number(y),
    ]),
  ];
  const nested = element.name === "svg" ? [left + number("x"), top + number("y")] : [left, top];
  return [
    ...points
      .filter(([x = Number.NaN, y = Number.NaN]) => {
        const inside = x + left >= -0.01 && x + left <= size.width + 0.01;
        return !(inside && y + top >= -0.01 && y + top <= size.height + 0.01);
      })
      .map((point) => `${element.name} ${point.join(",")}`),
    ...["width", "height"].filter((key) => number(key) < 0),
    ...element.children.flatMap((child) => outside(child, size, [nested[0] ?? 0, nested[1] ?? 0])),
  ];
}

describe("the numbers behind a chart", () => {
  const charts = chartsOf(withActivity({ untimed: 45 }), ENGLISH);
  const total = ACTIVITY.spans.reduce((sum, { entries }) => sum + entries, 0);

  test("of decisions are all entries, with those that stand on no axis", () => {
    expect(column(charts.decisions, 1)).toBe(total + 45);
    const [block, approve, auto, other] = [2, 3, 4, 5].map((at) => column(charts.decisions, at));
    expect((block ?? 0) + (approve ?? 0) + (auto ?? 0) + (other ?? 0)).toBe(total);
    expect(charts.decisions?.data.rows.at(-1)).toEqual([
      "Without a readable time",
      "45",
      "",
      "",
      "",
      "",
    ]);
  });

  test("of the others tie too", () => {
    expect(column(charts.riskByAgent, 1)).toBe(1200);
    expect(column(charts.gapCalendar, 1)).toBe(total);
    expect(column(charts.oversight, 1)).toBe(ACTIVITY.spans.length * 5);
    expect(column(charts.oversight, 2)).toBe(ACTIVITY.spans.length * 4);
    expect(charts.matrix?.data.rows).toHaveLength(REPORT.findings.length);
    expect(charts.matrix?.data.rows[0]).toEqual(["CC6.8", "FAIL", "412", "60"]);
    expect(charts.timeline?.data.rows.map((row) => row.slice(0, 4))).toEqual([
      ["CC6.8 Unauthorized Access", "FAIL", "60", "3"],
      ["CC7.2 Monitoring", "WARN", "2", "2"],
    ]);
  });

  test("say what they say", () => {
    expect(charts.decisions?.says).toBe(
      "The policy blocked 154 of 1,155 entries (13.3 %) and sent 308 (26.7 %) to a human; the busiest day, 2026-01-01, holds 15.",
    );
    expect(charts.gapCalendar?.says).toBe(
      "77 of 82 days hold entries; the longest run without one is 3 days, 2026-01-31 to 2026-02-02.",
    );
    expect(charts.riskByAgent?.says).toBe(
      "Of 5 agents, “billing-agent” logged the most at high or critical risk: 290 of its 900 entries (32.2 %).",
    );
    expect(charts.matrix?.says).toBe(
      "Of 9 criteria, 1 failed, 1 ended in a warning and 1 passed; 3 could not be decided, and 3 gave no verdict.",
    );
    expect(charts.gauge?.says).toBe(
      "The score is 65 of 100, grade D; 3 of 3 testable criteria were decided.",
    );
    expect(chartsOf(EMPTY_REPORT, ENGLISH).gauge?.says).toMatch(/^There is no score and no grade/);
    // What the policy blocked needs no human, and must not look as if one had been passed over.
    expect(charts.oversight?.says).toContain("those that the policy blocked included");
    expect(charts.oversight?.data.columns.at(-1)?.title).toBe("no approval, blocked ones included");
    // A row of the documented types may stand for a range.
    expect(charts.matrix?.svg).toMatch(/>\d+ requirements? or ranges?</);
  });

  test("of a course name its direction", () => {
    const spans = [2, 2, 2, 6, 6, 6].map((block, day) =>
      span(`2026-01-0${day + 1}T00:00:00Z`, { block, auto: 10 - block }),
    );
    const report = { ...withActivity({ spans }), periodStart: null, periodEnd: null };
    expect(chartsOf(report, ENGLISH).trend?.says).toMatch(
      /^The share of blocked entries rose from 13.3 % in the first half to 40 % in the second; /,
    );
  });
});

function lacking(...fields: readonly string[]): string[] {
  const recordable = REPORT.population.recordable.filter((field) => !fields.includes(field));
  const report = { ...REPORT, population: { ...REPORT.population, recordable } };
  const drawn = Object.keys(chartsOf(report, ENGLISH));
  return NAMES.filter((name) => !drawn.includes(name));
}

describe("a chart is absent", () => {
  test("where the log does not record what it shows", () => {
    expect(lacking("approval")).toEqual(["decisions", "trend"]);
    expect(lacking("agent_id")).toEqual(["riskByAgent"]);
    expect(lacking("risk_level")).toEqual(["riskByAgent", "oversight"]);
    expect(lacking("human_decision")).toEqual(["oversight"]);
  });

  test("where there is nothing to show", () => {
    const none = { unit: "hour", spans: [], untimed: 3, agents: [], actionTypes: [] } as const;
    const report = { ...EMPTY_REPORT, activity: none };
    expect(Object.keys(chartsOf(report, ENGLISH))).toEqual(["gauge"]);
  });
});

/** The tree without what texts change: names of elements, classes, ids. */
function structure(element: Element): unknown {
  const { name, attributes, children } = element;
  const kept = ["class", "id", "role", "fill"].map((key) => attributes.get(key));
  return [name, kept, children.map(structure)];
}

function hostile(replace: (text: string) => string): ComplianceReport {
  const agents = ACTIVITY.agents.map((agent) => ({ ...agent, agent: replace(agent.agent) }));
  return { ...mapTexts(WEIGHTED_REPORT, replace), activity: { ...ACTIVITY, agents } };
}

describe("hostile text", () => {
  const plain = chartsOf(
    hostile(() => "plain"),
    ENGLISH,
  );

  test.each([...HOSTILE, ...LONG].map((text) => [text.slice(0, 40), text]))("%j", (_, text) => {
    const charts = chartsOf(
      hostile(() => text),
      ENGLISH,
    );
    expect(Object.keys(charts)).toEqual(Object.keys(plain));
    for (const [name, chart] of Object.entries(charts) as [keyof Charts, Chart][]) {
      const expected = plain[name];
      expect(chart.says.length).toBeLessThan(900);
      if (chart.svg === expected?.svg) continue;
      expect(structure(parseXml(chart.svg))).toEqual(structure(parseXml(expected?.svg ?? "")));
      expect(chart.svg + chart.says).not.toMatch(/[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
    }
  });

  test("a name says no more than its place holds", () => {
    const charts = chartsOf(
      hostile(() => "x".repeat(100_000)),
      ENGLISH,
    );
    for (const chart of all(charts)) {
      for (const svg of svgsOf(chart)) expect(svg.length).toBeLessThan(60_000);
    }
  });
});

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function colourOf(name: string, theme: "light" | "dark"): string {
  return CHART_COLOURS.find((colour) => colour.name === name)?.[theme] ?? "";
}

describe("colours", () => {
  test.each(["light", "dark"] as const)("can be told from a %s ground", (theme) => {
    for (const name of ["blue", "ochre", "crimson", "grey"]) {
      expect(contrast(colourOf(name, theme), colourOf("surface", theme))).toBeGreaterThanOrEqual(3);
    }
    for (const name of ["ink", "muted"]) {
      expect(contrast(colourOf(name, theme), colourOf("surface", theme))).toBeGreaterThanOrEqual(
        4.5,
      );
    }
  });

  test("of a heat strip go one way", () => {
    const heats = [1, 2, 3, 4].map((level) => `heat-${level}`);
    const light = heats.map((name) => luminance(colourOf(name, "light")));
    const dark = heats.map((name) => luminance(colourOf(name, "dark")));
    expect(light).toEqual(light.toSorted((one, other) => other - one));
    expect(dark).toEqual(dark.toSorted((one, other) => one - other));
  });
});

const STEPS = { hour: 3_600_000, day: 86_400_000, month: 0, year: 0 } as const;

/** Spans in order of time, with holes, over anything from an hour to three centuries. */
const activities = fc
  .record({
    unit: fc.constantFrom("hour", "day", "month", "year"),
    first: fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2150, 0) }),
    steps: fc.array(
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9000 })),
      { maxLength: 60 },
    ),
    counts: fc.array(fc.nat(1_000_000), { minLength: 8, maxLength: 40 }),
    agents: fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.nat(2000)), { maxLength: 20 }),
    others: fc.nat(50),
    untimed: fc.nat(3),
  })
  .map(({ unit, first, steps, counts, agents, others, untimed }): Activity => {
    let next = 0;
    const count = (most: number): number => {
      next += 1;
      return Math.min(most, counts[next % counts.length] ?? 0);
    };
    let position = 0;
    const starts = [0, ...steps].flatMap((step) => {
      position += step;
      const time = startAt(unit, first, position);
      return time < Date.UTC(2199, 0) ? [time] : [];
    });
    const activity: Activity = {
      unit,
      untimed,
      spans: starts.map((time): ActivitySpan => {
        const entries = count(1_000_000) + 1;
        const block = count(entries);
        const approve = count(entries - block);
        const auto = count(entries - block - approve);
        const elevated = count(entries);
        return {
          start: `${new Date(time).toISOString().slice(0, 19)}Z`,
          entries,
          block,
          approve,
          auto,
          other: entries - block - approve - auto,
          elevated,
          elevatedApproved: count(elevated),
        };
      }),
      agents: agents.map(([agent, entries]): AgentActivity => {
        const critical = count(entries);
        const low = count(entries - critical);
        const unrated = entries - critical - low;
        return { agent, entries, critical, high: 0, medium: 0, low, unrated };
      }),
      actionTypes: [],
    };
    return Object.assign(
      activity,
      others === 0 ? {} : { others: { agents: others, entries: others * 3 } },
    );
  });

function startAt(unit: keyof typeof STEPS, first: number, position: number): number {
  const date = new Date(first);
  switch (unit) {
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + position);
    case "year":
      return Date.UTC(date.getUTCFullYear() + position, 0);
    default:
      return (Math.floor(first / STEPS[unit]) + position) * STEPS[unit];
  }
}

test("whatever happened, every chart stays in its picture and its numbers tie", () => {
  fc.assert(
    fc.property(activities, fc.boolean(), (activity, bounded) => {
      const bounds = bounded ? {} : { periodStart: null, periodEnd: null };
      const charts = chartsOf({ ...REPORT, ...bounds, activity }, ENGLISH);
      for (const chart of all(charts)) expectWellMade(chart);
      const timed = activity.spans.reduce((sum, { entries }) => sum + entries, 0);
      expect(column(charts.gapCalendar, 1)).toBe(timed);
      expect(column(charts.decisions, 1)).toBe(timed + activity.untimed);
    }),
    { numRuns: 30 },
  );
});
