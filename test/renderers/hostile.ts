// Texts that try to become something else: the project's corpus, what we add to it, and a
// way to put one into every place of a report that can carry text.

import { readFileSync } from "node:fs";

import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ComplianceFinding, Test } from "../../src/model/finding.ts";
import type { IntakeStatement } from "../../src/model/intake.ts";
import type { ComplianceReport, WeightedStatement } from "../../src/model/report.ts";
import { pair } from "../assess/made-weighted.ts";

interface Corpus {
  readonly strings: Readonly<Record<string, readonly string[]>>;
  readonly lone_surrogates: readonly string[];
  readonly long: Readonly<Record<string, readonly [string, number]>>;
  readonly secret_like: { readonly values: readonly (readonly string[])[] };
}

const CORPUS = JSON.parse(
  readFileSync(new URL("./hostile.json", import.meta.url), "utf8"),
) as Corpus;

const OURS: readonly string[] = [
  // Markdown and GFM beyond the corpus
  "[^1]",
  "[^1]: note",
  "[ref]: https://example.invalid",
  "[!NOTE]",
  "===",
  "a\n===",
  "* * *",
  "+ item",
  "12) item",
  "1.",
  "+",
  "-",
  ">",
  "#",
  "    code",
  "\tcode",
  "\\",
  "a\\",
  "\\|",
  "\\\\|",
  "a|",
  "|a",
  "`|`",
  "``",
  "a  \nb",
  "a\\\nb",
  "~~gone~~",
  "~gone~",
  "__init__",
  "_a_b_",
  "a__b",
  "***",
  "*_*",
  "snake_case_name",
  "<a@b.invalid>",
  "<x:y>",
  "<?php ?>",
  "<![CDATA[x]]>",
  "<!DOCTYPE html>",
  "&copy",
  "&copy;",
  "&#x3c;script&#x3e;",
  "R&D",
  "www.example.invalid",
  "HTTP://EXAMPLE.INVALID",
  "ftp://example.invalid",
  "mailto:a@b.invalid",
  "xmpp:a@b.invalid",
  "x https://example.invalid y",
  "(https://example.invalid)",
  "o/r#1",
  "o/r@0123abc",
  "gh-77",
  "!GH-1",
  "x@y.example.invalid",
  "a@-b.c",
  ":smile: :100: :+1: urn:x:y",
  "$$x$$",
  "$`x`$",
  "{% include x %}",
  "{{{x}}}",
  "{x}",
  "- [ ] todo",
  ":--",
  "--:|:--",
  "%%comment%%",
  "==mark==",
  "H~2~O",
  "x^2^",
  "\u00a0",
  "\u3000x\u3000",
  " x ",
  " ",
  "  ",
  // build servers
  "##[error]x",
  "###[error]x",
  "##teamcity[x]",
  " ::error::x",
  "x\n::error::x",
  ":::error::x",
  "::".repeat(200),
  `${"x".repeat(200)}::error::y`,
  "#".repeat(300),
  // terminals
  "\u001b",
  "\u001b[",
  "\u009d0;x\u009c",
  "\u0090q\u009c",
  "\u0085",
  "\u001b(0",
  "\u007f",
  "\v\f",
  "\u001bc",
  "\u001b[?1049h",
  "\u0001",
  // Unicode
  "\u061c",
  "\u00ad",
  "\u034f",
  "\u115f\u3164\uffa0",
  "\u180e",
  "\u2060\u2064",
  "\u206a",
  "\ufe0f",
  "\u{e0041}\u{e0042}",
  "\u{e0101}",
  "\ufff9a\ufffab\ufffb",
  "\uffff",
  "\u2800",
  "\u0301lead",
  "\u20e3",
  "a\u0301\u0302\u0303",
  "\ud83d\ude00".repeat(300),
  "\u65e5".repeat(300),
  "\u1100\u1161\u11a8",
  "\u05d0\u05d1",
  "\\u000a",
  "\\u{e0041}",
  "\u202e\u2066\u202c",
  // the language we are written in
  "__proto__",
  "constructor",
  "toString",
  "$&",
  "$1",
  "%s",
  "undefined",
  "null",
  "NaN",
];

/** Every hostile text but the long ones. */
export const HOSTILE: readonly string[] = [
  ...new Set([
    ...Object.values(CORPUS.strings).flat(),
    ...CORPUS.lone_surrogates.map((text) => JSON.parse(`"${text}"`) as string),
    ...CORPUS.secret_like.values.map((parts) => parts.join("")),
    ...OURS,
  ]),
];

/** The long ones: a megabyte in one word, ten thousand lines, five thousand brackets. */
export const LONG: readonly string[] = Object.values(CORPUS.long).map(([text, times]) =>
  text.repeat(times),
);

const TEXT_FIELDS = [
  "id",
  "timestamp",
  "agent_id",
  "action_type",
  "action_target",
  "matched_rule",
  "approval",
  "human_decision",
  "result_status",
] as const satisfies readonly (keyof AuditEntry)[];

/**
 * The report with every text that is not from a closed vocabulary of ours replaced, also
 * those that only a framework, a policy or a file name can set. Empty text stays empty.
 */
export function mapTexts(
  report: ComplianceReport,
  replace: (text: string) => string,
): ComplianceReport {
  const change = (text: string): string => (text === "" ? "" : replace(text));
  const all = (texts: readonly string[]): string[] => texts.map(change);
  const entry = (from: AuditEntry): AuditEntry => {
    const changed = TEXT_FIELDS.map((field) => {
      const value = from[field];
      return [field, value === null || value === undefined ? value : replace(String(value))];
    });
    return { ...from, ...Object.fromEntries(changed) };
  };
  const finding = (from: ComplianceFinding): ComplianceFinding => ({
    ...from,
    category: change(from.category),
    title: change(from.title),
    description: change(from.description),
    recommendation: change(from.recommendation),
    criterion: change(from.criterion),
    exceptionEntries: from.exceptionEntries.map(entry),
    ...(from.limit === undefined ? {} : { limit: change(from.limit) }),
    measures: all(from.measures),
    ...(from.gaps === undefined
      ? {}
      : { gaps: from.gaps.map((gap) => ({ ...gap, from: entry(gap.from), to: entry(gap.to) })) }),
    ...(from.groups === undefined
      ? {}
      : { groups: from.groups.map(({ key, count }) => ({ key: change(key), count })) }),
    ...(from.weighted === undefined
      ? {}
      : {
          weighted: {
            ...from.weighted,
            shows: change(from.weighted.shows),
            notShown: change(from.weighted.notShown),
            decisive: all(from.weighted.decisive),
            supporting: all(from.weighted.supporting),
            ...(from.weighted.heldBecause === undefined
              ? {}
              : { heldBecause: change(from.weighted.heldBecause) }),
          },
        }),
  });
  const test = (from: Test): Test => ({
    ...from,
    key: change(from.key),
    measure: change(from.measure),
    ...(from.code === undefined ? {} : { code: change(from.code) }),
    title: change(from.title),
    question: change(from.question),
    says: change(from.says),
    remedy: change(from.remedy),
    exceptionEntries: from.exceptionEntries.map(entry),
    limits: from.limits.map(({ result, when }) =>
      when === undefined ? { result } : { result, when: change(when) },
    ),
    limitReason: change(from.limitReason),
    classes: all(from.classes),
    criteria: all(from.criteria),
    ...(from.gaps === undefined
      ? {}
      : { gaps: from.gaps.map((gap) => ({ ...gap, from: entry(gap.from), to: entry(gap.to) })) }),
    ...(from.groups === undefined
      ? {}
      : { groups: from.groups.map(({ key, count }) => ({ key: change(key), count })) }),
    ...(from.pairs === undefined
      ? {}
      : { pairs: from.pairs.map((both) => pair(entry(both.first), entry(both.then))) }),
    ...(from.rules === undefined
      ? {}
      : {
          rules: from.rules.map(({ rule, message, ...rest }) =>
            Object.assign(rest, {
              ...(rule === undefined ? {} : { rule: change(rule) }),
              message: change(message),
            }),
          ),
        }),
  });
  const weighted = (from: WeightedStatement): WeightedStatement => ({
    ...from,
    introduction: change(from.introduction),
    publisher: change(from.publisher),
    source: change(from.source),
    licence: change(from.licence),
    ...(from.withheld === undefined ? {} : { withheld: change(from.withheld) }),
    ...(from.capped === undefined ? {} : { capped: { ...from.capped, by: all(from.capped.by) } }),
    recordInDoubt: all(from.recordInDoubt),
    tests: from.tests.map(test),
    ...(from.readiness === undefined ? {} : { readiness: change(from.readiness) }),
    applications: from.applications.map((one) => ({ ...one, what: change(one.what) })),
    questions: from.questions.map(({ id, asks, answer }) => ({
      id: change(id),
      asks: change(asks),
      answer: answer === "unknown" ? answer : all(answer),
    })),
    ...(from.stale === undefined ? {} : { stale: change(from.stale) }),
  });
  const intake = (from: IntakeStatement): IntakeStatement => ({
    ...from,
    mappings: from.mappings.map((mapping) => ({
      ...mapping,
      id: change(mapping.id),
      title: change(mapping.title),
      digest: change(mapping.digest),
    })),
    leftOut: {
      count: from.leftOut.count,
      first: from.leftOut.first.map(({ file, reason }) => ({
        file: change(file),
        reason: change(reason),
      })),
    },
    duplicateMeanings: all(from.duplicateMeanings),
    unmapped: from.unmapped.map(({ path, records }) => ({ path: change(path), records })),
    unknownWords: from.unknownWords.map(({ table, word, count }) => ({
      table: change(table),
      word: change(word),
      count,
    })),
    cannotAnswer: new Map([...from.cannotAnswer].map(([id, why]) => [change(id), change(why)])),
  });
  const { population, policy, framework, tool } = report;
  return {
    ...report,
    reportType: change(report.reportType),
    generatedAt: change(report.generatedAt),
    periodStart: report.periodStart === null ? null : change(report.periodStart),
    periodEnd: report.periodEnd === null ? null : change(report.periodEnd),
    summary: change(report.summary),
    findings: report.findings.map(finding),
    schemaVersion: change(report.schemaVersion),
    framework: {
      id: change(framework.id),
      title: change(framework.title),
      edition: change(framework.edition),
      digest: change(framework.digest),
      scoring: framework.scoring,
    },
    population: {
      ...population,
      inputs: population.inputs.map((input) => ({
        ...input,
        name: change(input.name),
        kind: change(input.kind),
        ...(input.sha256 === undefined ? {} : { sha256: change(input.sha256) }),
        ...(input.mapping === undefined ? {} : { mapping: change(input.mapping) }),
      })),
      rejections: population.rejections.map((rejection) => ({
        ...rejection,
        first: all(rejection.first),
      })),
      timestamps: {
        ...population.timestamps,
        firstUnreadable: all(population.timestamps.firstUnreadable),
      },
      ...(population.tenure?.first_activated === undefined
        ? {}
        : {
            tenure: {
              ...population.tenure,
              first_activated: change(population.tenure.first_activated),
            },
          }),
      ...(population.intake === undefined ? {} : { intake: intake(population.intake) }),
    },
    fixTheLog: report.fixTheLog.map((fix) => ({
      ...fix,
      criteria: fix.criteria.map((each) => ({ ...each, criterion: change(each.criterion) })),
    })),
    ...(policy === undefined
      ? {}
      : {
          policy: {
            ...policy,
            digest: change(policy.digest),
            unknownRulesInLog: policy.unknownRulesInLog.map(({ rule, count }) => ({
              rule: change(rule),
              count,
            })),
            unusedRules: all(policy.unusedRules),
            lint: policy.lint.map(({ rule, message, suggestion, ...rest }) =>
              Object.assign(rest, {
                ...(rule === undefined ? {} : { rule: change(rule) }),
                message: change(message),
                suggestion: change(suggestion),
              }),
            ),
          },
        }),
    notAssessed: report.notAssessed.map(({ criterion, why, askFor }) => ({
      criterion: change(criterion),
      why: change(why),
      askFor: change(askFor),
    })),
    tool: { name: change(tool.name), version: change(tool.version) },
    classes: report.classes.map((one) => ({
      ...one,
      name: change(one.name),
      meaning: change(one.meaning),
      cel: change(one.cel),
    })),
    overrides: report.overrides.map(({ kind, name, from, to, reason }) => ({
      kind,
      name: change(name),
      from: change(from),
      to: change(to),
      ...(reason === undefined ? {} : { reason: change(reason) }),
    })),
    ...(report.configuration === undefined
      ? {}
      : {
          configuration: {
            sha256: report.configuration.sha256,
            ...(report.configuration.name === undefined
              ? {}
              : { name: change(report.configuration.name) }),
          },
        }),
    inputs: report.inputs.map((one) => ({
      ...one,
      ...(one.source === undefined ? {} : { source: change(one.source) }),
      ...(one.holds === undefined ? {} : { holds: change(one.holds) }),
      measures: all(one.measures),
    })),
    ...(report.weighted === undefined ? {} : { weighted: weighted(report.weighted) }),
    activity: {
      ...report.activity,
      agents: report.activity.agents.map((one) => ({ ...one, agent: change(one.agent) })),
      actionTypes: report.activity.actionTypes.map((one) => ({ ...one, type: change(one.type) })),
    },
    masking: {
      ...report.masking,
      ...(report.masking.revealed === undefined
        ? {}
        : { revealed: change(report.masking.revealed) }),
    },
    ...(report.presentation === undefined
      ? {}
      : {
          presentation: {
            ...report.presentation,
            ...(report.presentation.organisation === undefined
              ? {}
              : { organisation: change(report.presentation.organisation) }),
            ...(report.presentation.system === undefined
              ? {}
              : { system: change(report.presentation.system) }),
            ...(report.presentation.contact === undefined
              ? {}
              : { contact: change(report.presentation.contact) }),
            sections: report.presentation.sections.map(({ title, paragraphs }) => ({
              title: change(title),
              paragraphs: all(paragraphs),
            })),
          },
        }),
    ...(report.sampling === undefined
      ? {}
      : {
          sampling: {
            ...report.sampling,
            seed: change(report.sampling.seed),
            samples: report.sampling.samples.map((sample) => ({
              ...sample,
              measure: change(sample.measure),
              entries: sample.entries.map(entry),
            })),
          },
        }),
    measureDigests: Object.fromEntries(
      Object.entries(report.measureDigests).map(([measure, digest], index) => [
        `${index}${change(measure)}`,
        change(digest),
      ]),
    ),
  };
}
