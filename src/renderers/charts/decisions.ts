// What the policy decided, over time.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { binsOf, partsOf, stretchOf, totalOf } from "./bins.ts";
import type { Bins } from "./bins.ts";
import type { Chart } from "./chart.ts";
import { hatch } from "./key.ts";
import { paint } from "./markup.ts";
import { silencesOf } from "./silences.ts";
import { stackedBars } from "./stacked-bars.ts";
import type { Layer } from "./stacked-bars.ts";

const ID = "decisions";
const WIDE = { width: 720, bins: 96 };
const NARROW = { width: 360, bins: 32 };

const DECISIONS = ["block", "approve", "auto", "other"] as const;

/** Absent where the log records no decisions, or no entry has a readable time. */
export function decisions(report: ComplianceReport, language: Language): Chart | undefined {
  const stretch = stretchOf(report);
  if (stretch === undefined || !report.population.recordable.includes("approval")) return undefined;
  const { charts: words, numbers } = language;
  const wide = binsOf(report, stretch, WIDE.bins);
  const narrow = binsOf(report, stretch, NARROW.bins);
  const total = totalOf(report.activity.spans);
  const [busiest] = wide.bins.toSorted((one, other) => other.entries - one.entries);
  if (busiest === undefined || busiest.entries === 0) return undefined;
  const says = words.decisions.says({
    entries: total.entries,
    block: total.block,
    approve: total.approve,
    unit: wide.unit,
    busiest: { at: partsOf(busiest.from), entries: busiest.entries },
  });
  const draw = ({ unit, bins }: Bins, width: number): string => {
    const asked = hatch(`${ID}-${width}-approve`, "ochre");
    const unknown = hatch(`${ID}-${width}-other`, "surface", "grey");
    const attributes: Readonly<Record<(typeof DECISIONS)[number], Layer["attributes"]>> = {
      block: paint("crimson"),
      approve: asked.attributes,
      auto: paint("blue"),
      other: unknown.attributes,
    };
    return stackedBars({
      width,
      says,
      bins,
      layers: DECISIONS.filter((decision) => decision !== "other" || total.other > 0).map(
        (decision) => ({
          label: words.decision[decision],
          count: (of) => of[decision],
          attributes: attributes[decision],
        }),
      ),
      definitions: asked.definition + unknown.definition,
      axis: words.per(unit),
      silences: silencesOf(report),
      language,
    });
  };
  const { untimed } = report.activity;
  return {
    id: ID,
    title: words.decisions.title,
    says,
    svg: draw(wide, WIDE.width),
    narrow: draw(narrow, NARROW.width),
    data: {
      columns: [
        { title: words.column(wide.unit) },
        { title: words.entries, align: "right" },
        ...DECISIONS.map((decision) => ({
          title: words.decision[decision],
          align: "right" as const,
        })),
      ],
      rows: [
        ...wide.bins.map((bin) =>
          [words.stretch(wide.unit, partsOf(bin.from)), numbers.count(bin.entries)].concat(
            DECISIONS.map((decision) => numbers.count(bin[decision])),
          ),
        ),
        ...(untimed === 0 ? [] : [[words.untimed, numbers.count(untimed), "", "", "", ""]]),
      ],
    },
  };
}
