// The charts of a report, by name. A chart is absent where there is nothing to show, or where the
// log does not record what it would show.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import type { Chart } from "./chart.ts";
import { decisions } from "./decisions.ts";
import { gapCalendar } from "./gap-calendar.ts";
import { gauge } from "./gauge.ts";
import { matrix } from "./matrix.ts";
import { oversight } from "./oversight.ts";
import { riskByAgent } from "./risk-by-agent.ts";
import { timeline } from "./timeline.ts";
import { trend } from "./trend.ts";

/** The charts of one report. */
export interface Charts {
  /** Score, grade and how much could be decided. */
  readonly gauge?: Chart;
  /** What the policy decided, over time. */
  readonly decisions?: Chart;
  /** Entries of each agent by risk. */
  readonly riskByAgent?: Chart;
  /** When the log holds entries and when it holds none. */
  readonly gapCalendar?: Chart;
  /** Every criterion by its result. */
  readonly matrix?: Chart;
  /** Actions of elevated risk with and without a human's approval, over time. */
  readonly oversight?: Chart;
  /** Shares of what was blocked and of what was sent to a human, over time. */
  readonly trend?: Chart;
  /** Exceptions and silences over time. */
  readonly timeline?: Chart;
}

/** The charts of a report in a language. Equal reports give equal bytes. */
export function chartsOf(report: ComplianceReport, language: Language): Charts {
  const drawn: { readonly [Name in keyof Charts]-?: Chart | undefined } = {
    gauge: gauge(report, language),
    decisions: decisions(report, language),
    riskByAgent: riskByAgent(report, language),
    gapCalendar: gapCalendar(report, language),
    matrix: matrix(report, language),
    oversight: oversight(report, language),
    trend: trend(report, language),
    timeline: timeline(report, language),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, chart]) => chart !== undefined));
}
