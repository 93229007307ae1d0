// How the report came about: period, versions, scoring, masking, and the files that it rests on.

import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import { coverageFigures } from "../words/phrases.ts";
import { classes, inputs, overrides, questions } from "./basis.ts";
import { facts, section, table } from "./blocks.ts";
import type { Fact } from "./blocks.ts";
import type { Line, Section } from "./document.ts";
import { limits } from "./limits.ts";
import { code, passage, plain, sentence, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Method, limits, classes, configuration, inputs, questions and digests. */
export function method(telling: Telling): Section | undefined {
  const { report, words } = telling;
  const say = words.basis.method;
  return section(
    "method",
    say.title,
    [
      facts(
        ...circumstances(telling),
        ...scoring(telling),
        ...treatment(telling),
        [say.configuration, configuration(report, say.asText)],
        [say.definitions, [text("SHA-256 "), ...code(report.definitionsDigest)]],
        [say.reading, plain(`${say.shares} ${say.texts}`)],
      ),
    ],
    [
      limits(telling),
      classes(telling),
      overrides(telling),
      inputs(telling),
      questions(telling),
      digests(telling),
    ],
  );
}

function circumstances({ report, words }: Telling): readonly Fact[] {
  const { framework, tool } = report;
  const { basis, opening } = words;
  const say = basis.method;
  const bound = (instant: string | null): string => instant ?? opening.unknown;
  const period = opening.bothIncluded(bound(report.periodStart), bound(report.periodEnd));
  return [
    [say.period, plain(`${period}, UTC`)],
    [say.generated, plain(report.generatedAt)],
    [say.tool, plain(say.toolAndSchema(tool.name, tool.version, report.schemaVersion))],
    [
      say.framework,
      sentence(say.frameworkEdition(framework.title, framework.edition, framework.id), {
        digest: code(framework.digest),
      }),
    ],
  ];
}

function scoring(telling: Telling): readonly Fact[] {
  const { report, words } = telling;
  const say = words.basis.method;
  const { weighted } = report;
  if (weighted === undefined) return [[say.scoring, plain(say.points)]];
  return [
    ...publication(weighted, telling),
    [say.scoring, plain(say.weighted)],
    [say.comparison, plain(say.notComparable)],
  ];
}

function publication(weighted: WeightedStatement, telling: Telling): readonly Fact[] {
  const { report, words, numbers, language } = telling;
  const say = words.basis.method;
  const { publisher, source, licence, textUse, reviewed, criteria } = weighted;
  const [, rest] = coverageFigures(report, language);
  return [
    [
      say.publisher,
      sentence(say.publication(words.names.textUses[textUse], numbers.day(reviewed)), {
        publisher: value(publisher),
        source: passage(source),
        licence: passage(licence),
      }),
    ],
    [
      say.criteria,
      plain(say.criteriaByMode(criteria.tested, criteria.disproveOnly, criteria.figures, rest)),
    ],
  ];
}

/** Masking, translation and sampling. */
function treatment({ report, words }: Telling): readonly Fact[] {
  const { masking, untranslated, sampling } = report;
  const say = words.basis.method;
  return [
    [
      say.masking,
      masking.revealed === undefined
        ? plain(say.masked(masking.texts))
        : sentence(say.revealed, { reason: passage(masking.revealed) }),
    ],
    [
      say.translation,
      untranslated === 0 ? undefined : plain(words.opening.untranslated(untranslated)),
    ],
    [
      say.sampling,
      sampling === undefined
        ? undefined
        : sentence(say.sampled(sampling.size), { seed: code(sampling.seed) }),
    ],
  ];
}

function configuration(
  { configuration: file }: ComplianceReport,
  asText: string,
): Line | undefined {
  if (file === undefined) return undefined;
  const name = file.name === undefined ? plain(asText) : value(file.name);
  return [...name, text(", SHA-256 "), ...code(file.sha256)];
}

function digests({ report, words }: Telling): Section | undefined {
  const say = words.basis.method;
  return section("method-digests", say.digests, [
    table(
      say.digests,
      [say.measure, words.record.inputs.sha256],
      Object.entries(report.measureDigests)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([measure, digest]) => [code(measure), code(digest)]),
    ),
  ]);
}
