// The reports of the fixtures with what an organisation can add and with samples, and a way to
// put a text into these too.

import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ComplianceReport, Presentation, Sampling } from "../../src/model/report.ts";
import { mapTexts } from "./hostile.ts";
import { REPORT, entry } from "./report-fixture.ts";
import { WEIGHTED_REPORT } from "./weighted-fixture.ts";

const PRESENTATION: Presentation = {
  organisation: "Example Ltd",
  system: "Billing agents",
  contact: "audit@example.invalid",
  accent: "#2b6ea6",
  logo: { mediaType: "image/png", data: "iVBORw0KGgo=", alt: "Example Ltd" },
  sections: [{ title: "What the agents do", paragraphs: ["They bill.", "They do not pay."] }],
};

const SAMPLING: Sampling = {
  size: 2,
  seed: "2026-Q1",
  samples: [
    { measure: "approval-bypass", population: 412, entries: [entry(9), entry(2)] },
    { measure: "silence-over-an-hour", population: 0, entries: [] },
  ],
};

/** A report of points with everything optional. */
export const FULL_REPORT: ComplianceReport = {
  ...REPORT,
  masking: { texts: 3, revealed: "The auditor compares it with the ticket." },
  activity: { ...REPORT.activity, otherTypes: { types: 2, entries: 5 } },
  presentation: PRESENTATION,
  sampling: SAMPLING,
};

/** A weighted report with everything optional. */
export const FULL_WEIGHTED: ComplianceReport = {
  ...WEIGHTED_REPORT,
  presentation: PRESENTATION,
  sampling: SAMPLING,
};

/** As `mapTexts`, and in what was added here besides. */
export function mapAllTexts(
  report: ComplianceReport,
  replace: (text: string) => string,
): ComplianceReport {
  const mapped = mapTexts(report, replace);
  const { presentation, sampling, masking, activity } = report;
  const record = (from: AuditEntry): AuditEntry => {
    const [changed] =
      mapTexts({ ...REPORT, findings: [{ ...bearer(), exceptionEntries: [from] }] }, replace)
        .findings[0]?.exceptionEntries ?? [];
    return changed ?? from;
  };
  return {
    ...mapped,
    masking: {
      ...masking,
      ...(masking.revealed === undefined ? {} : { revealed: replace(masking.revealed) }),
    },
    activity: {
      ...activity,
      agents: activity.agents.map((agent) => ({ ...agent, agent: replace(agent.agent) })),
      actionTypes: activity.actionTypes.map(({ type, entries }) => ({
        type: replace(type),
        entries,
      })),
    },
    ...(presentation === undefined
      ? {}
      : {
          presentation: {
            ...presentation,
            organisation: replace("Example Ltd"),
            system: replace("Billing agents"),
            contact: replace("audit@example.invalid"),
            sections: presentation.sections.map(({ title, paragraphs }) => ({
              title: replace(title),
              paragraphs: paragraphs.map(replace),
            })),
          },
        }),
    ...(sampling === undefined
      ? {}
      : {
          sampling: {
            size: sampling.size,
            seed: replace(sampling.seed),
            samples: sampling.samples.map(({ measure, population, entries }) => ({
              measure: replace(measure),
              population,
              entries: entries.map(record),
            })),
          },
        }),
  };
}

function bearer() {
  const [finding] = REPORT.findings;
  if (finding === undefined) throw new Error("the fixture has no finding");
  return finding;
}
