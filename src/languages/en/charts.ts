// What charts say in English.

import type { ChartWords, Part, TimeParts, TimeUnit } from "../words/charts.ts";
import { NUMBERS } from "./numbers.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

const count = (value: number): string => NUMBERS.count(value);
const share = (part: number, whole: number): string => NUMBERS.share(part, whole);

function counted(value: number, one: string, many: string): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `2026-03-02`. */
function day({ year, month, day: date }: TimeParts): string {
  return `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

function stretch(unit: TimeUnit, at: TimeParts): string {
  switch (unit) {
    case "hour":
      return `${day(at)} ${String(at.hour).padStart(2, "0")}:00`;
    case "day":
      return day(at);
    case "week":
      return `week from ${day(at)}`;
    case "month":
      return `${MONTHS[at.month - 1] ?? ""} ${at.year}`;
    case "quarter":
      return `Q${Math.ceil(at.month / 3)} ${at.year}`;
    case "year":
      return String(at.year);
    case "decade":
      return `${at.year} to ${at.year + 9}`;
  }
}

function halves(what: string, [first, second]: readonly [Part, Part]): string {
  const before = share(first.part, first.whole);
  const after = share(second.part, second.whole);
  if (before === after) return `${what} was ${before} in both halves of the time shown`;
  const rose = first.part * second.whole < second.part * first.whole;
  return `${what} ${rose ? "rose" : "fell"} from ${before} in the first half to ${after} in the second`;
}

/** The words of charts. */
export const CHARTS: ChartWords = {
  months: MONTHS,
  weekdays: "Mon Tue Wed Thu Fri Sat Sun".split(" "),
  dayAndMonth: ({ day: date, month }) => `${date} ${MONTHS[month - 1] ?? ""}`,
  stretch,
  per: (unit) => `Entries per ${unit}`,
  column: (unit) => `${unit.charAt(0).toUpperCase()}${unit.slice(1)} (UTC)`,

  decision: {
    block: "blocked",
    approve: "sent to a human",
    auto: "let through",
    other: "no or another decision",
  },
  risk: {
    critical: "critical",
    high: "high",
    medium: "medium",
    low: "low",
    unrated: "no or another level",
  },

  entries: "Entries",
  noEntries: "no entries",
  untimed: "Without a readable time",
  silence: "silence beyond its limit",
  agent: "Agent",
  noAgent: "(no agent named)",
  otherAgents: (agents) => counted(agents, "other agent", "other agents"),
  criterion: "Criterion",
  resultColumn: "Result",
  exceptions: "Exceptions",
  population: "Population",
  partOf: ({ part, whole }) =>
    part === whole ? count(whole) : `${count(part)} of ${count(whole)}`,

  gauge: {
    title: "Score",
    says: ({ score, grade, decided, possible }) => {
      const of = `${count(decided)} of ${counted(possible, "testable criterion", "testable criteria")} ${decided === 1 ? "was" : "were"} decided`;
      return score === null
        ? `There is no score and no grade; ${of}.`
        : `The score is ${count(score)} of 100${grade === null ? "" : `, grade ${grade}`}; ${of}.`;
    },
    outOf: "of 100",
    grade: (grade) => `Grade ${grade}`,
    notGraded: "Not graded",
    decided: (decided, possible) =>
      `${count(decided)} of ${counted(possible, "testable criterion", "testable criteria")} decided`,
    figure: "Figure",
    value: "Value",
    score: "Score (0 to 100)",
    gradeRow: "Grade",
    criteriaDecided: "Criteria decided",
    criteriaPossible: "Testable criteria",
    criteriaTotal: "Criteria of the edition",
    weightDecided: "Weight decided",
  },

  decisions: {
    title: "What the policy decided",
    says: ({ entries, block, approve, unit, busiest }) =>
      `The policy blocked ${count(block)} of ${counted(entries, "entry", "entries")} (${share(block, entries)}) and sent ${count(approve)} (${share(approve, entries)}) to a human; the busiest ${unit}, ${stretch(unit, busiest.at)}, holds ${count(busiest.entries)}.`,
  },

  riskByAgent: {
    title: "Entries by agent and risk",
    says: ({ agents, agent, entries, all, elevated }) => {
      const who = agent === undefined ? "entries that name no agent" : `“${agent}”`;
      const acted = counted(agents, "agent", "agents");
      return elevated === 0
        ? `Of ${acted}, ${who} logged the most: ${count(entries)} of ${counted(all, "entry", "entries")} (${share(entries, all)}); no entry of those listed is of high or critical risk.`
        : `Of ${acted}, ${who} logged the most at high or critical risk: ${count(elevated)} of its ${counted(entries, "entry", "entries")} (${share(elevated, entries)}).`;
    },
    notSplit: "not split by risk",
  },

  gapCalendar: {
    title: "When entries were recorded",
    says: ({ unit, filled, all, longest }) =>
      longest === undefined && all === 1
        ? `The one ${unit} shown holds entries.`
        : longest === undefined
          ? `Every ${unit} of the ${counted(all, unit, `${unit}s`)} shown holds entries.`
          : `${count(filled)} of ${counted(all, unit, `${unit}s`)} hold entries; the longest run without one is ${counted(longest.count, unit, `${unit}s`)}, ${
              longest.count === 1
                ? stretch(unit, longest.from)
                : `${stretch(unit, longest.from)} to ${stretch(unit, longest.to)}`
            }.`,
    filled: (unit) => `${unit.charAt(0).toUpperCase()}${unit.slice(1)}s with entries`,
    empty: (unit) => `${unit.charAt(0).toUpperCase()}${unit.slice(1)}s without`,
  },

  matrix: {
    title: "Criteria by result",
    says: ({ criteria, fail, warn, pass, open, without }) =>
      `Of ${counted(criteria, "criterion", "criteria")}, ${count(fail)} failed, ${count(warn)} ended in a warning and ${count(pass)} passed; ${count(open)} could not be decided${without === 0 ? "" : `, and ${count(without)} gave no verdict`}.`,
    requirements: (number) => counted(number, "requirement", "requirements"),
  },

  oversight: {
    title: "Human approval at high or critical risk",
    says: ({ elevated, approved, unit, lowest }) =>
      `A human approved ${count(approved)} of ${counted(elevated, "entry", "entries")} at high or critical risk (${share(approved, elevated)}), those that the policy blocked included${
        lowest === undefined
          ? "."
          : `; the lowest share of a ${unit} is ${share(lowest.part, lowest.whole)} (${count(lowest.part)} of ${count(lowest.whole)}, ${stretch(unit, lowest.at)}).`
      }`,
    approved: "approved by a human",
    notApproved: "no approval, blocked ones included",
    elevated: "High or critical risk",
    per: (unit) => `Entries at high or critical risk per ${unit}`,
  },

  trend: {
    title: "Shares blocked and sent to a human",
    says: ({ blocked, asked }) =>
      `${halves("The share of blocked entries", blocked)}; ${halves("the share sent to a human", asked)}.`,
    blocked: "blocked",
    asked: "sent to a human",
    axis: (unit) => `Share of the entries per ${unit}`,
  },

  timeline: {
    title: "Exceptions and silences over time",
    says: ({ lanes, exceptions, silences, longestSilence }) => {
      const found = `${counted(exceptions, "exception", "exceptions")} in ${counted(lanes, "test", "tests")}`;
      const quiet =
        longestSilence === undefined
          ? undefined
          : silences === 1
            ? `1 silence of ${NUMBERS.span(longestSilence)}`
            : `${count(silences)} silences, the longest ${NUMBERS.span(longestSilence)}`;
      if (quiet === undefined) return `The log records ${found}.`;
      return exceptions === 0 ? `The log has ${quiet}.` : `The log records ${found}, and ${quiet}.`;
    },
    test: "Test",
    shown: "Drawn",
    first: "First drawn",
    last: "Last drawn",
    unlisted: "further exceptions, not listed one by one",
    more: (number) => `and ${count(number)} more, in the table`,
  },
};
