// What an English report says before its first section.

import type { OpeningWords } from "../../words/report/opening.ts";
import { count, counted } from "./counted.ts";

/** Head, notice, cover, conclusion and key figures. */
export const OPENING: OpeningWords = {
  title: (reportType) => `${reportType} Compliance Report`,
  titleOf: (framework) => `${framework}: what the agent log shows`,
  period: (days) => `Period: ${days}`,
  days: (from, to) => `${from} to ${to}`,
  unknown: "unknown",
  unknownPeriod: "unknown (no entry with a readable time)",
  lead: "Summary",
  notice:
    "This is evidence prepared by software from logs that the organisation supplied. " +
    "It says what was tested, on how many entries, between which dates, and what was not. " +
    "It is not an opinion.",
  readiness: "Readiness.",
  overdue: "Review overdue.",
  inDoubt: {
    strong: "The record itself is in doubt.",
    rest: "Every pass below rests on it, and there is no score.",
  },
  untied: {
    strong: "The sums do not tie.",
    rest: "What was read and what became of it do not add up, so this report is in doubt.",
  },
  revealed: {
    strong: "The evidence is not masked.",
    rest: "Secrets and personal data stand in it as the log has them. The reason given: {reason}",
  },
  untranslated: (texts) =>
    `${counted(texts, "text", "texts")} of the framework and its measures stand in English, because nobody has translated them.`,

  score: (score, grade) => `Score: ${score} of 100. Grade: ${grade}.`,
  evidenceScore: (score, grade) => `Evidence score: ${score} of 100. Grade: ${grade}.`,
  notGraded: (why) => `Not graded: ${why}.`,
  noScore: "No score.",
  noGrade: "none",
  noEntry: "no entry is in scope",
  nothingDecided: "nothing could be decided from this log",
  tooLittleDecided: "too little could be decided from this log",
  criteriaOf: (decided, total, framework) =>
    total === undefined
      ? `${counted(decided, "criterion", "criteria")} of ${framework}`
      : `${count(decided)} of the ${counted(total, "criterion", "criteria")} of ${framework}`,
  decided: (criteria) => `${criteria} decided.`,
  band: (means) => `Band: {band} (${means}).`,
  withheld: "There is no score, because {why}.",
  capped: (at, uncapped) =>
    `The score would be ${count(uncapped)}; it is held at ${count(at)} by the failure of {by}.`,

  cover: {
    organisation: "Organisation",
    system: "System",
    contact: "Contact",
    period: "Period",
    framework: "Framework",
    inputs: "Logs read",
    generated: "Generated",
    tool: "Tool",
  },
  bothIncluded: (from, to) => `${from} to ${to}, both included`,
  edition: (framework, edition) => `${framework}, edition ${edition}`,
  moreInputs: (more) => `${count(more)} more`,

  figures: {
    total: "Total actions",
    enforcement: "Enforcement rate",
    blocked: "Blocked by the policy",
    approval: "Human approval required",
    letThrough: "Let through without asking",
    coverage: "Coverage",
    findings: "Findings",
    decisions: "Decisions of the policy",
  },
  policyUnrecorded: "The log does not record what the policy decided.",
  noActions: "none, there is no action to take a share of",
  carryDecision: (decided, total) =>
    `${count(decided)} of ${count(total)} actions carry a decision of the policy`,
  answers: (approved, denied, unanswered) =>
    `, of which approved ${count(approved)}, denied ${count(denied)}, unanswered ${count(unanswered)}`,
  answersUnrecorded: "; the log does not record what they answered",
  coverageRest: (possible, weightDecided, weightPossible) =>
    ` decided, of ${count(possible)} that a complete log of the same actions could decide; weight decided ${count(weightDecided)} of ${count(weightPossible)}`,
  foot: (tool, version, generated) => `${tool} ${version} · generated ${generated}`,
};
