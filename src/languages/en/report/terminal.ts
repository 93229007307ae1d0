// What an English report says at a terminal.

import type { TerminalWords } from "../../words/report/terminal.ts";
import { count, counted } from "./counted.ts";

/** Words of the terminal format. */
export const TERMINAL: TerminalWords = {
  labels: {
    period: "Period",
    about: "About",
    summary: "Summary",
    coverage: "Coverage",
    band: "Band",
    noScore: "No score",
    heldDown: "Held down",
    inDoubt: "In doubt",
    readiness: "Readiness",
    overdue: "Overdue",
    framework: "Framework",
    unmasked: "Unmasked",
    actions: "Actions",
    decisions: "Decisions",
    answers: "Human answers",
    enforcement: "Enforcement",
    record: "Record",
    mapping: "Mapping",
    input: "Input",
    entries: "Entries",
    covers: "Covers",
    note: "Of note",
    policy: "Policy",
    configuration: "Configuration",
    overridden: "Overridden",
    notGiven: "Not given",
    notAssessed: "Not assessed",
    details: "Details",
  },
  below: { why: "Why", fix: "Fix", see: "See", cap: "Cap", open: "Open", need: "Need" },
  headings: {
    noFindings: "Findings: none",
    findings: (tally) => `Findings: ${tally}`,
    criteria: (tally) => `Criteria: ${tally}`,
    tests: "Tests beyond or between their limits",
    open: "What could not be concluded",
    others: (criteria) => `The other ${counted(criteria, "criterion", "criteria")}`,
    fix: "Fix the log",
    log: "Log",
    passed: "Passed: the deciding tests stayed within their limits",
    noException: "No exception found by deciding tests, which can only disprove",
    figures: "Figures without a verdict",
    notApplicable: "Not applicable",
  },
  periodIn: (days) => `${days}, UTC`,
  score: (score, grade) => `Score ${score} of 100, grade ${grade}`,
  evidenceScore: (score, grade) => `Evidence score ${score} of 100, grade ${grade}`,
  notGraded: (why) => `Not graded: ${why}`,
  heldDown: (at, uncapped, by) => `at ${count(at)} instead of ${count(uncapped)} by ${by}`,
  band: (name, means) => `${name}: ${means}`,
  policyUnrecorded: "the log does not record what the policy decided",
  answersUnrecorded: "not recorded by the log",
  actions: (total, letThrough, asked, blocked) =>
    `${count(total)}, of which ${count(letThrough)} let through, ${count(asked)} sent to a human, ${count(blocked)} blocked`,
  answers: (approved, denied, unanswered) =>
    `${count(approved)} approved, ${count(denied)} denied, ${count(unanswered)} unanswered`,
  noActions: "no action to take a share of",
  enforcement: (share) => `${share} of actions carry a decision of the policy`,
  countOf: (value, population) => `${count(value)} of ${count(population)}`,
  lost: (points) => `${counted(points, "point", "points")} lost`,
  entries: (names, amount) => `${amount === 1 ? "entry" : "entries"} ${names}`,
  andMore: (named, more) => `${named} and ${count(more)} more`,
  rules: (names, amount, findings) =>
    `${amount === 1 ? "rule" : "rules"} ${names}: ${counted(findings, "finding", "findings")}`,
  defaults: (findings) => `the defaults: ${counted(findings, "finding", "findings")}`,
  opens: (field, criteria, weight) => `${field}: opens ${criteria}; weight ${count(weight)}`,
  openedWith: (criterion, fields) => `${criterion} (with ${fields})`,
  moreFields: (more) => `and ${counted(more, "more field", "more fields")}`,
  leftOut: (files) =>
    `${counted(files, "file", "files")} beside the inputs not read, because they are no logs`,
  withoutAction: (actions, records, without) =>
    `${counted(actions, "action", "actions")} in ${counted(records, "record", "records")}, of which ${count(without)} hold none`,
  unmapped: (fields) => `${counted(fields, "raw field", "raw fields")} left unmapped`,
  unknownWords: (words) => `${counted(words, "word", "words")} outside the tables`,
  mapping: (id, version) => `${id}, version ${version}`,
  inputDigest: (name, digest) => `${name}, SHA-256 ${digest}`,
  moreInputs: (more) => `and ${counted(more, "more input", "more inputs")}`,
  counts: ({ read, rejected, duplicate, outOfPeriod, inScope }) =>
    `${count(read)} read, ${count(rejected)} rejected, ${count(duplicate)} duplicate, ` +
    `${count(outOfPeriod)} out of period, ${count(inScope)} in scope; `,
  tie: "the sums tie",
  untied: "THE SUMS DO NOT TIE",
  covers: (span) => `${span}, first entry to last`,
  oddities: {
    unreadable: (entries) => `${count(entries)} with a time that cannot be read`,
    naive: (entries) => `${count(entries)} with a time without offset, read as UTC`,
    unordered: (entries) => `${count(entries)} earlier than the one before`,
    future: (entries) => `${count(entries)} later than this report`,
    repeated: (entries) => `${count(entries)} with a repeated id`,
    missing: (ids) => `${count(ids)} missing by id`,
  },
  noPolicy: "none given",
  policy: (rules, unknown, weaknesses) =>
    `${counted(rules, "rule", "rules")}; the log names ${count(unknown)} that it lacks; ` +
    counted(weaknesses, "weakness", "weaknesses"),
  notGiven: (input, measures) => `${input}, which ${measures} would use`,
  requirements: (rows) => counted(rows, "requirement or range", "requirements or ranges"),
  details:
    "The other formats of this report list the exceptions, the population statement, the limits and the digests.",
};
