// What stood beside the log, how samples were drawn, and the digests by which all of it is
// recognised again; the last rows of the population statement.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { log, number, text } from "./cell.ts";
import { statements } from "./statement.ts";
import type { Statement } from "./statement.ts";

/** Policy, inputs beside the log, configuration, sampling, digests. */
export function methodRows(report: ComplianceReport, language: Language): readonly Statement[] {
  const { policy, inputs, configuration } = report;
  const { basis, findings, record } = language.report;
  const words = language.sheets.sheets.population;
  return [
    ...statements(
      record.policy.title,
      policy === undefined
        ? []
        : [
            [record.policy.rules, number(policy.rules)],
            [record.policy.digest, log(policy.digest)],
            [
              record.policy.unused,
              number(policy.unusedRules.length),
              log(policy.unusedRules.join(", ")),
            ],
          ],
    ),
    ...statements(
      record.policy.unknown(findings.all(policy?.unknownRulesInLog.length ?? 0)),
      (policy?.unknownRulesInLog ?? []).map(({ rule, count }) => [log(rule), number(count)]),
    ),
    ...statements(
      basis.inputs.title,
      inputs.map(({ name, given, source, sha256, holds }) => [
        name,
        given
          ? firstThat(log(sha256), log(source), text(language.report.names.yes))
          : text(words.notGiven),
        log([holds, sha256 === undefined ? undefined : source].filter(Boolean).join("; ")),
      ]),
    ),
    ...statements(basis.method.configuration, [
      ["SHA-256", log(configuration?.sha256), log(configuration?.name)],
    ]),
    ...samplingRows(report, language),
    ...statements(words.digests, [
      [basis.method.definitions, text(report.definitionsDigest)],
      ...Object.entries(report.measureDigests)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([measure, digest]) => [text(measure), text(digest)] as const),
    ]),
  ];
}

function firstThat(...cells: readonly ReturnType<typeof log>[]): ReturnType<typeof log> {
  return cells.find(({ kind }) => kind !== "empty") ?? { kind: "empty" };
}

function samplingRows({ sampling }: ComplianceReport, language: Language): readonly Statement[] {
  if (sampling === undefined) return [];
  const { population: words, sample } = language.sheets.sheets;
  const { findings, closing } = language.report;
  return statements(language.report.basis.method.sampling, [
    [words.size, number(sampling.size)],
    [words.seed, log(sampling.seed)],
    [words.method, text(sample.method)],
    ...sampling.samples.map(
      ({ measure, population, entries }) =>
        [
          log(measure),
          number(entries.length),
          text(`${closing.evidence.population}: ${findings.entries(population)}`),
        ] as const,
    ),
  ]);
}
