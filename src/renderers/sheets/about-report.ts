// What the report is about, in the first rows of the population statement.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { log, number, text, time } from "./cell.ts";
import { statements } from "./statement.ts";
import type { Statement } from "./statement.ts";

/** Notice, organisation, period, framework, score and the counts of the documented interface. */
export function reportRows(report: ComplianceReport, language: Language): readonly Statement[] {
  const { opening, basis } = language.report;
  const { cover, figures } = opening;
  const { population: words } = language.sheets.sheets;
  const { presentation, framework, coverage, humanDecisions, tool, masking } = report;
  return statements(words.report, [
    [words.notice, text(opening.notice)],
    [cover.organisation, log(presentation?.organisation)],
    [cover.system, log(presentation?.system)],
    [cover.contact, log(presentation?.contact)],
    [words.reportType, text(report.reportType)],
    [cover.framework, text(opening.edition(framework.title, framework.edition))],
    [basis.method.framework, text(framework.digest), text("SHA-256")],
    [
      words.periodStart,
      report.periodStart === null ? text(opening.unknown) : time(report.periodStart),
    ],
    [words.periodEnd, report.periodEnd === null ? text(opening.unknown) : time(report.periodEnd)],
    [cover.generated, time(report.generatedAt)],
    [cover.tool, text(basis.method.toolAndSchema(tool.name, tool.version, report.schemaVersion))],
    [words.language, text(language.name), text(report.language)],
    [words.untranslated, number(report.untranslated)],
    [opening.lead, text(report.summary)],
    [words.score, report.score === null ? text(words.notGraded) : number(report.score)],
    [words.grade, text(report.grade ?? undefined)],
    [words.decided, number(coverage.decided)],
    [words.possible, number(coverage.possible)],
    [words.total, number(coverage.total)],
    [figures.total, number(report.totalActions)],
    [figures.blocked, number(report.blockedActions)],
    [figures.approval, number(report.approvedActions)],
    [words.approved, number(humanDecisions.approved)],
    [words.denied, number(humanDecisions.denied)],
    [words.unanswered, number(humanDecisions.unanswered)],
    [figures.letThrough, number(report.autoApproved)],
    [words.masked, number(masking.texts)],
    [words.revealed, log(masking.revealed)],
  ]);
}
