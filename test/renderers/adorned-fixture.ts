// A report with everything that is rarely there: the organisation's own parts, samples, evidence
// that is shown unmasked, texts that nobody has translated, a test without a stated reason.

import type { ComplianceReport } from "../../src/model/report.ts";
import { entry } from "./report-fixture.ts";
import { WEIGHTED_REPORT } from "./weighted-fixture.ts";

/** A weighted report with every adornment. */
export const ADORNED_REPORT: ComplianceReport = {
  ...WEIGHTED_REPORT,
  untranslated: 12,
  masking: { revealed: "The auditor asked for the addresses", texts: 0 },
  presentation: {
    organisation: "Example Bank",
    system: "Payment agents",
    contact: "risk@example.invalid",
    accent: "#123456",
    sections: [
      { title: "Our agents", paragraphs: ["They pay invoices.", "They ask before they do."] },
      { title: "Who hosts them", paragraphs: ["A cloud."] },
    ],
  },
  sampling: {
    size: 25,
    seed: "2026-Q1",
    samples: [
      { measure: "approval-bypass", population: 412, entries: [entry(3), entry(9)] },
      { measure: "volume", population: 0, entries: [] },
    ],
  },
};
