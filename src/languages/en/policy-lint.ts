// English sentences about weaknesses of a policy.

import type {
  DayTimes,
  FallThrough,
  PolicyLintWords,
  TakenPart,
  Unreachable,
} from "../words/policy-lint.ts";
import { NUMBERS } from "./numbers.ts";

const { list } = NUMBERS;

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** English. */
export const POLICY_LINT: PolicyLintWords = {
  defaultsNotStated: {
    message:
      "The defaults do not say what happens to actions that no rule matches. Here they are blocked; other programs that read this format may ask for approval.",
    suggestion: "State defaults.approval.",
  },
  permissiveDefault: (riskLevel) => ({
    message: `Actions that no rule matches run without being asked about (auto/${riskLevel}).`,
    suggestion: "Set defaults.approval to approve or block.",
  }),
  approvalNotStated: (rule) => ({
    message: `${rule} does not say what to do; approve applies.`,
    suggestion: "State its approval.",
  }),
  elevatedAuto: (rule, riskLevel) => ({
    message: `${rule} lets ${riskLevel} actions run without asking a human.`,
    suggestion: "Set its approval to approve or block, or its risk level to what it is.",
  }),
  matchAllAuto: (rule) => ({
    message: `${rule} matches every action and lets it run without asking a human.`,
    suggestion: "Name what it is for, and let the defaults decide the rest.",
  }),
  duplicateName: (rule, line) => ({
    message: `${rule} is also the name of ${line === undefined ? "an earlier rule" : `the rule in line ${line}`}, so that a log cannot tell the two apart.`,
    suggestion: "Give each rule a name of its own.",
  }),
  unreachable: (rule, reason) => ({
    message: `${rule} never decides anything: ${whyOf(reason)}.`,
    suggestion:
      reason.why === "taken"
        ? `Move it before ${reason.by[0]}, or remove it.`
        : "Mend its match and conditions, or remove it.",
  }),
  partlyShadowed: (rule, taken, before) => ({
    message: `${rule} never sees ${list(taken.map(partOf))}, which earlier rules decide.`,
    suggestion: `Move it before ${before} if it is meant to come first.`,
  }),
  shadowedBlock: (rule, wholly, taken, before) => ({
    message: `${rule} blocks ${wholly ? "nothing" : "less than it says"}: ${list(taken.map((part) => `${partOf(part)} gets ${part.verdict}`))}.`,
    suggestion: `Move it before ${before}, unless these are meant as exceptions.`,
  }),
  windowFallsThrough: (rule, verdict, falls) => ({
    message: `Outside the window of ${rule} (${verdict}) the same actions are treated no more strictly: they fall ${list(falls.map(fallOf))}.`,
    suggestion: "Add a stricter rule for the other times, or remove the window.",
  }),
};

function whyOf(reason: Unreachable): string {
  switch (reason.why) {
    case "glob-matches-nothing":
      return `no text matches the glob ${reason.glob}`;
    case "no-time":
      return "no time of day lies before 00:00";
    case "conditions-exclude-each-other":
      return "its conditions exclude each other";
    case "taken":
      return `${list(reason.by)} ${reason.by.length === 1 ? "takes" : "together take"} all that it matches`;
  }
}

function partOf({ rule, globs, isConditional }: TakenPart): string {
  const actions = globs.length === 0 ? "any action" : globs.join(" and ");
  return `${actions}${isConditional ? " where its conditions hold" : ""} (${rule})`;
}

function fallOf({ week, rule, verdict }: FallThrough): string {
  return `${week.map(timesOf).join(", ")} to ${rule ?? "the defaults"} (${verdict})`;
}

function timesOf({ first, last, times }: DayTimes): string {
  const days = first === last ? DAYS[first - 1] : `${DAYS[first - 1]}-${DAYS[last - 1]}`;
  return `${days} ${times.join(" and ")}`;
}
