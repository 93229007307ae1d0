// What every part of the document is made from.

import type { Language } from "../../languages/language.ts";
import type { Numbers } from "../../languages/numbers.ts";
import type { ReportWords } from "../../languages/words/report.ts";
import type { Test } from "../../model/finding.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { chartsOf } from "../charts/charts.ts";
import type { Charts } from "../charts/charts.ts";
import { addressesOf } from "./addresses.ts";
import type { Addresses } from "./addresses.ts";

/** The report, and what is needed to tell it. */
export interface Telling {
  readonly report: ComplianceReport;
  /** Of a weighted report; otherwise none. */
  readonly tests: readonly Test[];
  readonly language: Language;
  readonly words: ReportWords;
  readonly numbers: Numbers;
  readonly addresses: Addresses;
  readonly charts: Charts;
}

/** Everything for telling a report in a language. */
export function tellingOf(report: ComplianceReport, language: Language): Telling {
  return {
    report,
    tests: report.weighted?.tests ?? [],
    language,
    words: language.report,
    numbers: language.numbers,
    addresses: addressesOf(report),
    charts: chartsOf(report, language),
  };
}
