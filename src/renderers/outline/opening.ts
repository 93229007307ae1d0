// What stands before the first section: what this is and is not, on what it was made, the
// conclusion, and the figures behind it.

import { coverageFigures, criteriaDecided, tally, whyNotGraded } from "../words/phrases.ts";
import { decidedActions, sumsTie, unrecordedDecisions } from "../words/readings.ts";
import { facts, notice, paragraph, present } from "./blocks.ts";
import type { Fact } from "./blocks.ts";
import { cover } from "./cover.ts";
import type { Block, Line } from "./document.ts";
import { joined, passage, plain, sentence, strong, text } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Notices, verdict and conclusion first: many read no further. Then the cover's data and key figures. */
export function opening(telling: Telling): readonly Block[] {
  const { report, words } = telling;
  return present<Block>(
    notice("plain", plain(words.opening.notice)),
    ...warnings(telling),
    ...conclusion(telling),
    cover(telling),
    paragraph(plain(report.weighted?.introduction ?? "")),
    keyFigures(telling),
  );
}

function warnings({ report, words }: Telling): readonly Block[] {
  const { weighted, masking, untranslated } = report;
  const { opening: say } = words;
  return present(
    sumsTie(report) ? undefined : warning(say.untied.strong, plain(say.untied.rest)),
    weighted?.readiness === undefined
      ? undefined
      : warning(say.readiness, plain(weighted.readiness)),
    weighted?.stale === undefined ? undefined : warning(say.overdue, plain(weighted.stale)),
    weighted === undefined || weighted.recordInDoubt.length === 0
      ? undefined
      : warning(
          say.inDoubt.strong,
          joined([plain(say.inDoubt.rest), ...weighted.recordInDoubt.map(passage)], " "),
        ),
    masking.revealed === undefined
      ? undefined
      : warning(
          say.revealed.strong,
          sentence(say.revealed.rest, { reason: passage(masking.revealed) }),
        ),
    untranslated === 0 ? undefined : notice("plain", plain(say.untranslated(untranslated))),
  );
}

function warning(begins: string, rest: Line): Block {
  return notice("warning", [strong(begins), text(" "), ...rest]);
}

function conclusion(telling: Telling): readonly (Block | undefined)[] {
  const { report, words, language, charts } = telling;
  const { weighted, score, grade } = report;
  const { opening: say } = words;
  return [
    {
      kind: "verdict",
      score,
      grade,
      says: verdict(telling),
      coverage:
        weighted === undefined
          ? say.decided(criteriaDecided(report, language))
          : `${coverageFigures(report, language).join("; ")}.`,
      ...(charts.gauge === undefined ? {} : { gauge: charts.gauge }),
    },
    weighted === undefined ? undefined : band(weighted.band, telling),
    weighted?.withheld === undefined
      ? undefined
      : paragraph(sentence(say.withheld, { why: plain(weighted.withheld) })),
    weighted?.capped === undefined
      ? undefined
      : paragraph(
          sentence(say.capped(weighted.capped.at, weighted.capped.uncapped), {
            by: plain(weighted.capped.by.join(", ")),
          }),
        ),
    paragraph(passage(report.summary)),
  ];
}

function verdict({ report, words, language }: Telling): string {
  const { score, grade, weighted } = report;
  const { opening: say } = words;
  if (score === null) {
    return weighted === undefined ? say.notGraded(whyNotGraded(report, language)) : say.noScore;
  }
  const named = grade ?? say.noGrade;
  return weighted === undefined ? say.score(score, named) : say.evidenceScore(score, named);
}

function band(
  of: NonNullable<Telling["report"]["weighted"]>["band"],
  { words, language }: Telling,
): Block | undefined {
  const told = words.opening.band(words.names.bands[of]);
  return paragraph(sentence(told, { band: [strong(language.assess.bands[of])] }));
}

function keyFigures(telling: Telling): Block | undefined {
  const { report, words, numbers, language } = telling;
  const { coverage } = report;
  const { opening: say } = words;
  return facts(
    [say.figures.total, [strong(numbers.count(report.totalActions))]],
    ...(unrecordedDecisions(report) === "of the policy"
      ? [[say.figures.decisions, plain(say.policyUnrecorded)] as const]
      : decisions(telling)),
    [
      say.figures.coverage,
      [
        strong(criteriaDecided(report, language)),
        text(say.coverageRest(coverage.possible, coverage.weightDecided, coverage.weightPossible)),
      ],
    ],
    [say.figures.findings, plain(tally(report.findings, language))],
  );
}

function decisions({ report, words, numbers }: Telling): readonly Fact[] {
  const { totalActions, humanDecisions } = report;
  const { opening: say } = words;
  const decided = decidedActions(report);
  const share = (actions: number): string =>
    totalActions === 0 ? "" : ` (${numbers.share(actions, totalActions)})`;
  const counted = (actions: number, rest = ""): Line => [
    strong(numbers.count(actions)),
    ...plain(`${share(actions)}${rest}`),
  ];
  const answers =
    unrecordedDecisions(report) === "of humans"
      ? say.answersUnrecorded
      : say.answers(humanDecisions.approved, humanDecisions.denied, humanDecisions.unanswered);
  return [
    [
      say.figures.enforcement,
      totalActions === 0
        ? plain(say.noActions)
        : [
            strong(numbers.share(decided, totalActions)),
            text(` (${say.carryDecision(decided, totalActions)})`),
          ],
    ],
    [say.figures.blocked, counted(report.blockedActions)],
    [say.figures.approval, counted(report.approvedActions, answers)],
    [say.figures.letThrough, counted(report.autoApproved)],
  ];
}
