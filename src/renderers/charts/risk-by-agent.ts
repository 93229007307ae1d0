// Entries of each agent, split by risk.

import { scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import type { Language } from "../../languages/language.ts";
import type { AgentActivity } from "../../model/activity.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Chart } from "./chart.ts";
import { hatch, key, square } from "./key.ts";
import { boxed, name } from "./log-text.ts";
import { paint, picture, rectangle, stroke, text } from "./markup.ts";
import type { Attributes } from "./markup.ts";
import { widthOf } from "./text-width.ts";

const ID = "risk-by-agent";
const RISKS = ["critical", "high", "medium", "low", "unrated"] as const;
type Risk = (typeof RISKS)[number];

/** Where names stand: at the left of the bars, or above them. */
const WIDE = { width: 720, names: 190, row: 24, bar: 14, above: 0 };
const NARROW = { width: 360, names: 0, row: 40, bar: 14, above: 18 };

/** Absent where the log names no agents or records no risk. */
export function riskByAgent(report: ComplianceReport, language: Language): Chart | undefined {
  const { activity, population } = report;
  const { agents, others } = activity;
  if (
    agents.length === 0 ||
    !population.recordable.includes("agent_id") ||
    !population.recordable.includes("risk_level")
  ) {
    return undefined;
  }
  const { charts: words, numbers } = language;
  const says = sentence(report, language);
  return {
    id: ID,
    title: words.riskByAgent.title,
    says,
    svg: draw(report, language, says, WIDE),
    narrow: draw(report, language, says, NARROW),
    data: {
      columns: [
        { title: words.agent },
        { title: words.entries, align: "right" },
        ...RISKS.map((risk) => ({ title: words.risk[risk], align: "right" as const })),
      ],
      rows: [
        ...agents.map((agent) =>
          [agent.agent === "" ? words.noAgent : agent.agent, numbers.count(agent.entries)].concat(
            RISKS.map((risk) => numbers.count(agent[risk])),
          ),
        ),
        ...(others === undefined
          ? []
          : [
              [
                words.otherAgents(others.agents),
                numbers.count(others.entries),
                ...RISKS.map(() => ""),
              ],
            ]),
      ],
    },
  };
}

function elevatedOf({ critical, high }: AgentActivity): number {
  return critical + high;
}

function sentence({ activity }: ComplianceReport, { charts: words }: Language): string {
  const { agents, others } = activity;
  const [first] = agents.toSorted(
    (one, other) => elevatedOf(other) - elevatedOf(one) || other.entries - one.entries,
  );
  const all = agents.reduce((sum, { entries }) => sum + entries, 0) + (others?.entries ?? 0);
  return words.riskByAgent.says({
    agents: agents.filter(({ agent }) => agent !== "").length + (others?.agents ?? 0),
    agent: first === undefined || first.agent === "" ? undefined : name(first.agent),
    entries: first?.entries ?? 0,
    all,
    elevated: first === undefined ? 0 : elevatedOf(first),
  });
}

interface Row {
  readonly name: string;
  /** Whether the name comes from the log. */
  readonly own: boolean;
  readonly entries: number;
  readonly risks?: AgentActivity;
}

function draw(
  report: ComplianceReport,
  { charts: words, numbers }: Language,
  says: string,
  layout: typeof WIDE,
): string {
  const { agents, others } = report.activity;
  const rows: readonly Row[] = [
    ...agents.map((agent) => ({
      name: agent.agent === "" ? words.noAgent : agent.agent,
      own: agent.agent === "",
      entries: agent.entries,
      risks: agent,
    })),
    ...(others === undefined
      ? []
      : [{ name: words.otherAgents(others.agents), own: true, entries: others.entries }]),
  ];
  const { width } = layout;
  const high = hatch(`${ID}-${width}-high`, "ochre");
  const unrated = hatch(`${ID}-${width}-unrated`, "surface", "grey");
  const attributes: Readonly<Record<Risk, Attributes>> = {
    critical: paint("crimson"),
    high: high.attributes,
    medium: paint("blue"),
    low: paint("sky", "blue"),
    unrated: unrated.attributes,
  };
  const used = RISKS.filter((risk) => agents.some((agent) => agent[risk] > 0));
  const legend = key(
    [
      ...used.map((risk) => ({ label: words.risk[risk], swatch: square(attributes[risk]) })),
      ...(others === undefined
        ? []
        : [
            {
              label: words.riskByAgent.notSplit,
              swatch: square({ ...paint("none", "grey"), "stroke-dasharray": "3 2" }),
            },
          ]),
    ],
    { left: 0, right: width, top: 2 },
  );
  const top = legend.height + 10;
  const left = layout.names === 0 ? 1 : layout.names + 10;
  const most = Math.max(1, ...rows.map(({ entries }) => entries));
  const labels = Math.max(...rows.map(({ entries }) => widthOf(numbers.count(entries))));
  const scale = scaleLinear()
    .domain([0, most])
    .range([left, width - labels - 8]);
  const stacks = stack<AgentActivity, Risk>().keys(RISKS)([...agents]);
  const height = top + rows.length * layout.row + 4;
  const drawn = rows.map((row, index) => {
    const y = top + index * layout.row;
    const bar = y + layout.above + (layout.row - layout.above - layout.bar) / 2;
    const box =
      layout.names === 0
        ? { x: 0, y, width, height: layout.above }
        : { x: 0, y, width: layout.names, height: layout.row };
    const label = boxed(row.name, box, {
      anchor: layout.names === 0 ? "start" : "end",
      colour: row.own ? "muted" : "ink",
    });
    const pieces =
      row.risks === undefined
        ? rectangle(left, bar, scale(row.entries) - left, layout.bar, {
            ...paint("none", "grey"),
            "stroke-dasharray": "3 2",
          })
        : stacks
            .map((layer) => {
              const [from = 0, to = 0] = layer[index] ?? [];
              const wide = scale(to) - scale(from);
              const apart = wide > 3 ? 0.75 : 0;
              return to <= from
                ? ""
                : rectangle(scale(from), bar, wide - apart, layout.bar, attributes[layer.key]);
            })
            .join("");
    return (
      label +
      pieces +
      text(numbers.count(row.entries), {
        x: scale(row.entries) + 6,
        y: bar + layout.bar - 3,
        colour: "ink",
      })
    );
  });
  return picture({ width, height }, says, [
    high.definition + unrated.definition,
    legend.markup,
    ...drawn,
    ...(layout.names === 0 ? [] : [stroke([left, top], [left, height - 4], "muted")]),
  ]);
}
