// Score, grade and how much could be decided, which never stand apart.

import { arc } from "d3-shape";
import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Chart } from "./chart.ts";
import type { ChartColourName } from "./colours.ts";
import { element, paint, picture, rectangle, rounded, text } from "./markup.ts";

const ID = "gauge";
const WIDTH = 320;
const HEIGHT = 224;
const CENTRE = { x: 160, y: 152 };
const OUTER = 116;
const INNER = 90;

/**
 * Where the bands meet: the grading scale's D- and B-; under a weighted framework the most that
 * a critical and a high failure leave.
 */
const BANDS = { points: [60, 80], weighted: [50, 80] } as const;

/** There always: without a score, it says so. */
export function gauge(report: ComplianceReport, { charts: words, numbers }: Language): Chart {
  const { score, grade, coverage } = report;
  const { decided, possible, total, weightDecided, weightPossible } = coverage;
  const says = words.gauge.says({ score, grade, decided, possible });
  const [low, high] = BANDS[report.framework.scoring];
  const colour: ChartColourName =
    score === null || score >= high ? "blue" : score >= low ? "ochre" : "crimson";
  const share = weightPossible > 0 ? Math.min(1, weightDecided / weightPossible) : 0;
  const svg = picture({ width: WIDTH, height: HEIGHT }, says, [
    band(INNER, OUTER, 0, 100, paint("empty", score === null ? "grey" : undefined)),
    ...(score === null ? [] : [band(INNER, OUTER, 0, score, paint(colour))]),
    band(OUTER + 4, OUTER + 8, 0, low - 0.6, paint("crimson")),
    band(OUTER + 4, OUTER + 8, low + 0.6, high - 0.6, paint("ochre")),
    band(OUTER + 4, OUTER + 8, high + 0.6, 100, paint("blue")),
    ...[low, high].map((value) => scaleLabel(value, numbers.count(value))),
    text("0", { x: CENTRE.x - OUTER + 13, y: CENTRE.y + 16, anchor: "middle", size: 11 }),
    text(numbers.count(100), {
      x: CENTRE.x + OUTER - 13,
      y: CENTRE.y + 16,
      anchor: "middle",
      size: 11,
    }),
    ...(score === null
      ? [line(words.gauge.notGraded, 0, 20, 600)]
      : [
          line(numbers.count(score), -26, 52, 700),
          text(words.gauge.outOf, { x: CENTRE.x, y: CENTRE.y - 4, anchor: "middle", size: 13 }),
          ...(grade === null ? [] : [line(words.gauge.grade(grade), 22, 16, 600)]),
        ]),
    rectangle(60, HEIGHT - 32, 200, 6, { ...paint("empty"), rx: 3 }),
    ...(share > 0
      ? [rectangle(60, HEIGHT - 32, Math.max(6, 200 * share), 6, { ...paint("grey"), rx: 3 })]
      : []),
    text(words.gauge.decided(decided, possible), {
      x: CENTRE.x,
      y: HEIGHT - 8,
      anchor: "middle",
    }),
  ]);
  return {
    id: ID,
    title: words.gauge.title,
    says,
    svg,
    data: {
      columns: [{ title: words.gauge.figure }, { title: words.gauge.value, align: "right" }],
      rows: [
        [words.gauge.score, score === null ? words.gauge.notGraded : numbers.count(score)],
        [words.gauge.gradeRow, grade ?? words.gauge.notGraded],
        [words.gauge.criteriaDecided, numbers.count(decided)],
        [words.gauge.criteriaPossible, numbers.count(possible)],
        ...(total === undefined ? [] : [[words.gauge.criteriaTotal, numbers.count(total)]]),
        [words.gauge.weightDecided, words.partOf({ part: weightDecided, whole: weightPossible })],
      ],
    },
  };
}

/** Scores run over half a circle, from the left. */
function angle(score: number): number {
  return (score / 100 - 0.5) * Math.PI;
}

function band(
  inner: number,
  outer: number,
  from: number,
  to: number,
  attributes: ReturnType<typeof paint>,
): string {
  const path = arc<null>()
    .digits(2)
    .innerRadius(inner)
    .outerRadius(outer)
    .startAngle(angle(from))
    .endAngle(angle(to))(null);
  return element("path", {
    d: path ?? undefined,
    transform: `translate(${rounded(CENTRE.x)} ${rounded(CENTRE.y)})`,
    ...attributes,
  });
}

function scaleLabel(score: number, label: string): string {
  const radius = OUTER + 19;
  return text(label, {
    x: CENTRE.x + radius * Math.sin(angle(score)),
    y: CENTRE.y - radius * Math.cos(angle(score)) + 4,
    anchor: "middle",
    size: 11,
  });
}

/** A line of text in the middle, so far under the centre. */
function line(content: string, below: number, size: number, weight: number): string {
  return text(content, {
    x: CENTRE.x,
    y: CENTRE.y + below,
    anchor: "middle",
    size,
    weight,
    colour: "ink",
  });
}
