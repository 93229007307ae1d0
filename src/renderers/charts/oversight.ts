// Entries of elevated risk with and without a human's approval, over time.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { binsOf, partsOf, stretchOf, totalOf } from "./bins.ts";
import type { Bin, Bins } from "./bins.ts";
import type { Chart } from "./chart.ts";
import { hatch } from "./key.ts";
import { paint } from "./markup.ts";
import { stackedBars } from "./stacked-bars.ts";

const ID = "oversight";
const WIDE = { width: 720, bins: 96 };
const NARROW = { width: 360, bins: 32 };

/** A share of fewer entries than this says little, and is not named as the lowest. */
const FEW = 5;

/** Absent where nothing is of elevated risk, or the log records no risk or no answers of humans. */
export function oversight(report: ComplianceReport, language: Language): Chart | undefined {
  const stretch = stretchOf(report);
  const { recordable } = report.population;
  const total = totalOf(report.activity.spans);
  if (
    stretch === undefined ||
    total.elevated === 0 ||
    !recordable.includes("risk_level") ||
    !recordable.includes("human_decision")
  ) {
    return undefined;
  }
  const { charts: words, numbers } = language;
  const wide = binsOf(report, stretch, WIDE.bins);
  const lowest = lowestOf(wide.bins);
  const says = words.oversight.says({
    elevated: total.elevated,
    approved: total.elevatedApproved,
    unit: wide.unit,
    ...(lowest === undefined
      ? {}
      : {
          lowest: {
            at: partsOf(lowest.from),
            part: lowest.elevatedApproved,
            whole: lowest.elevated,
          },
        }),
  });
  const draw = ({ unit, bins }: Bins, width: number): string => {
    const hatched = hatch(`${ID}-${width}-hatch`, "ochre");
    return stackedBars({
      width,
      says,
      bins,
      layers: [
        {
          label: words.oversight.approved,
          count: (of) => of.elevatedApproved,
          attributes: paint("blue"),
        },
        {
          label: words.oversight.notApproved,
          count: (of) => of.elevated - of.elevatedApproved,
          attributes: hatched.attributes,
        },
      ],
      definitions: hatched.definition,
      axis: words.oversight.per(unit),
      silences: [],
      language,
    });
  };
  return {
    id: ID,
    title: words.oversight.title,
    says,
    svg: draw(wide, WIDE.width),
    narrow: draw(binsOf(report, stretch, NARROW.bins), NARROW.width),
    data: {
      columns: [
        { title: words.column(wide.unit) },
        { title: words.oversight.elevated, align: "right" },
        { title: words.oversight.approved, align: "right" },
        { title: words.oversight.notApproved, align: "right" },
      ],
      rows: wide.bins.map(({ from, elevated, elevatedApproved }) => [
        words.stretch(wide.unit, partsOf(from)),
        numbers.count(elevated),
        numbers.count(elevatedApproved),
        numbers.count(elevated - elevatedApproved),
      ]),
    },
  };
}

/** The bin with the lowest share of approvals; undefined where all have the same. */
function lowestOf(bins: readonly Bin[]): Bin | undefined {
  const counted = bins
    .filter(({ elevated }) => elevated >= FEW)
    .toSorted(
      (one, other) => one.elevatedApproved * other.elevated - other.elevatedApproved * one.elevated,
    );
  const [lowest] = counted;
  const highest = counted.at(-1);
  if (lowest === undefined || highest === undefined) return undefined;
  const same =
    lowest.elevatedApproved * highest.elevated === highest.elevatedApproved * lowest.elevated;
  return same ? undefined : lowest;
}
