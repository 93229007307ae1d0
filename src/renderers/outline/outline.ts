// The whole report as a document, in the order in which it is read: what it is, what came out,
// what to do, what stayed open, and what all of it rests on.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { periodDays, reportTitle } from "../words/phrases.ts";
import { activity } from "./activity.ts";
import { present } from "./blocks.ts";
import type { Outline } from "./document.ts";
import { evidence } from "./evidence.ts";
import { exceptions } from "./exceptions.ts";
import { firstSteps } from "./first-steps.ts";
import { integrity } from "./integrity.ts";
import { method } from "./method.ts";
import { notAssessed } from "./not-assessed.ts";
import { openQuestions } from "./open-questions.ts";
import { opening } from "./opening.ts";
import { passed } from "./passed.ts";
import { results } from "./results.ts";
import { system } from "./system.ts";
import { tellingOf } from "./telling.ts";
import { verify } from "./verify.ts";

/** A report as a document in a language. The same report gives the same document. */
export function outline(report: ComplianceReport, language: Language): Outline {
  const telling = tellingOf(report, language);
  const { words, numbers } = telling;
  const { organisation, system: name } = report.presentation ?? {};
  return {
    language: language.code,
    title: reportTitle(report, language),
    period: words.opening.period(periodDays(report, language)),
    lead: words.opening.lead,
    ...(organisation === undefined ? {} : { organisation }),
    ...(name === undefined ? {} : { system: name }),
    opening: opening(telling),
    sections: present(
      firstSteps(telling),
      activity(telling),
      results(telling),
      exceptions(telling),
      openQuestions(telling),
      passed(telling),
      integrity(telling),
      system(telling),
      notAssessed(telling),
      method(telling),
      evidence(telling),
      verify(telling),
    ),
    foot: words.opening.foot(
      report.tool.name,
      report.tool.version,
      numbers.time(report.generatedAt),
    ),
    controls: {
      ...words.controls,
      results: words.names.results,
      severities: words.names.severities,
    },
  };
}
