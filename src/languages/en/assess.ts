// English sentences of the report document.

import type { EntryField } from "../../model/audit-entry.ts";
import type { InputPart, InputWay } from "../../model/population.ts";
import type { Reason, Result } from "../../model/result.ts";
import type {
  AssessWords,
  Concluded,
  ConclusionOccasion,
  DecisionFacts,
  FoundNothing,
  ResultAmount,
  WarnedBy,
} from "../words/assess.ts";
import { NUMBERS } from "./numbers.ts";

const { count, list, day } = NUMBERS;

/** What an English report says. */
export const ASSESS: AssessWords = {
  summary: {
    nothingInScope: "No recorded agent action lies in the period under review.",
    scope: ({ actions, days, decided, total, framework }) => {
      const when =
        days === undefined
          ? "without a readable time"
          : `from ${day(days.from)} to ${day(days.to)}`;
      const criteria =
        total === undefined
          ? counted(decided, "criterion", "criteria")
          : `${decided} of the ${counted(total, "criterion", "criteria")}`;
      return `${counted(actions, "recorded agent action")} ${when} allowed a verdict on ${criteria} of ${framework}.`;
    },
    policyNotRecorded: "The log does not record what the policy decided.",
    decisions,
    results: (amounts) => `Of its tests, ${amountsIn(amounts)}.`,
    weightedResults: (amounts) => `Of the criteria that a log can speak to, ${amountsIn(amounts)}.`,
    notGraded: "Nothing could be decided, so there is no score and no grade.",
    score: ({ score, grade, undecided }) => {
      const tests = undecided === undefined ? "" : counted(undecided.tests, "undecided test");
      const rest =
        undecided === undefined
          ? ""
          : undecided.holdDown
            ? `, held down by ${tests}`
            : `, with ${tests}`;
      return `Score ${score} of 100, grade ${grade}${rest}.`;
    },
    weightedScore: ({ graded, withheld = "", band, decided, possible, notAssessed, total }) => {
      const { coverage, bands } = ASSESS;
      const rest = `${capital(bands[band])}; ${coverage.decided(decided, possible)}; ${coverage.notAssessed(notAssessed, total)}.`;
      if (graded === undefined) return `There is no score, because ${withheld}. ${rest}`;
      const { score, grade, capped } = graded;
      const held = capped === undefined ? "" : `, held at ${capped.at} by ${capped.by.join(", ")}`;
      return `Evidence score ${score} of 100, grade ${grade}${held}. ${rest}`;
    },
  },
  coverage: {
    decided: (decided, possible) =>
      `${count(decided)} of ${count(possible)} testable ${possible === 1 ? "criterion" : "criteria"} decided`,
    amount: (missing, total) =>
      total === undefined
        ? counted(missing, "requirement")
        : `${count(missing)} of ${counted(total, "criterion", "criteria")}`,
    notAssessed: (missing, total) => `${ASSESS.coverage.amount(missing, total)} not assessed`,
  },
  bands: {
    "critical exceptions": "critical exceptions",
    "significant exceptions": "significant exceptions",
    "minor exceptions": "minor exceptions",
    "no exceptions in the tests run": "no exceptions in the tests run",
    "not enough evidence": "not enough evidence",
  },
  withheld: {
    tooFewEntries: (inScope, needed) =>
      `${count(inScope)} ${inScope === 1 ? "entry is" : "entries are"} in scope, and ${needed} are needed`,
    recordInDoubt: "the record itself is in doubt",
    nothingDecided: "none of the testable criteria could be decided",
    tooLittleWeight: (decided, testable) =>
      `only ${decided} of the weight of ${testable} that a log can test could be decided, less than half`,
    join: (clauses) => clauses.join("; "),
  },
  filled: {
    noFigure: "no figure",
    none: "none",
    unrecorded: "(unrecorded)",
    days: (days) => counted(days, "day"),
    characters: (length) => `(${count(length)} characters)`,
    entries: (ids, total) => {
      if (ids.length === 0) return "no entry";
      return `${total === 1 ? "entry" : "entries"} ${listing(ids, total - ids.length)}`;
    },
    withoutId: "without id",
    groups: listing,
    rules: (names, more) => {
      const named = names.map((name) => name ?? "defaults");
      if (named.length === 0) return "no rule";
      if (more === "some") return `rules ${named.join(", ")} and more`;
      return `${named.length + more === 1 ? "rule" : "rules"} ${listing(named, more)}`;
    },
    unplaced: (entries) => `Not placed, because their time cannot be read: ${count(entries)}.`,
    sentence: "{exceptions:exception} in {population:entry|entries}.",
  },
  undecided: {
    noEntries: "No entry of the log lies in the period under review, so nothing was tested.",
    checkPeriod: "Check the period and that the agents' actions reach this log.",
    barredByFormat: (why) => `A log of this format cannot show it. ${why}`,
    testElsewhere: "Test it on a log of the system in which such actions are recorded.",
    onlySoMany: (needed) =>
      `Only {population:entry|entries} could be tested; at least ${count(needed)} are needed.`,
    needsInputs: (inputs) =>
      `It needs ${inputs.map((name) => ASSESS.inputs[name].is).join(" and ")}, which no log holds and which was not given.`,
    unknownClasses: (names) =>
      `No action can be recognised as ${names.join(", ")}, because the definition finds nothing.`,
    defineClasses: (names) => `Define ${names.join(", ")} in the configuration.`,
    nothingHappened: "Nothing of the kind happened.",
    tooLittle: "That is too little to conclude from.",
    setLimits: (whose) =>
      `Set limits of your own for ${list(whose)} in the configuration (docs/configuration.md).`,
    help: {
      "too-few": "Widen the period, or connect the agents that do not log yet.",
      "not-exercised": "Widen the period, or test a log of agents that do such things.",
      "not-recorded": "Have the logger write down what is missing here.",
      "missing-input":
        "Give beside the log what is missing here; the reason of the limits says what.",
      "record-in-doubt": "Find out what happened to the record.",
    },
  },
  faults: {
    noAnswer: (measure) => `The measure ${measure} gave no answer.`,
    noLimitOfCriterion: "No limit of this criterion covers what was observed.",
    noLimitOfMeasure: "No limit of this measure covers what was observed.",
    measureUnknown: (measure) => `The measure ${measure} is not known.`,
    measureWithoutLimits: (measure) => `The measure ${measure} has no limits.`,
    ofTest: "This is a fault of the test, not of the log: report it with this text.",
    ofFramework: "This is a fault of the framework, not of the log.",
  },
  inputs: {
    policy: {
      is: "the policy that governed the agents",
      give: "Name the policy file when the report is made.",
      holds: (rules) => counted(rules, "rule"),
    },
    roster: {
      is: "the list of agents that the organisation knows",
      give: "Give the list of known agents as inputs.roster of the configuration.",
      holds: (agents) => counted(agents, "agent"),
    },
    "allow-list": {
      is: "the list of destinations that agents may send to",
      give: "Give the allowed destinations as inputs.allow_list of the configuration.",
      holds: (hosts) => counted(hosts, "host"),
    },
    "deployed-since": {
      is: "the date since which the agents run",
      give: "Give the date as inputs.deployed_since of the configuration.",
      holds: count,
    },
    "recovery-time": {
      is: "the recovery time objective",
      give: "Give the objective as inputs.recovery_time of the configuration.",
      holds: count,
    },
    incidents: {
      is: "the register of incidents",
      give: "Give the register as inputs.incidents of the configuration.",
      holds: (incidents) => counted(incidents, "incident"),
    },
  },
  fields: {
    lacking: (fields) => `The log ${lacks(fields)}, without which this cannot be decided.`,
    toRecord: (fields) => `Record ${list(fields)} with every action.`,
    pointsLacking: (fields) => `The log ${lacks(fields)}, and this cannot be decided without.`,
    pointsToRecord: (fields) => `Record ${list(fields)} with every action.`,
  },
  weighted: {
    conclusion,
    notShown: (text) => `Not shown: ${text}`,
    heldAtWarning: (why) => `Better than a warning cannot come out: ${why}`,
    toDecide: (sentences) => `To decide it: ${sentences}`,
    remedyFor: (tests, remedy) => `For ${list(tests)}: ${remedy}`,
  },
  applicability: {
    declared: (reason) => `The organisation declares it not applicable: ${reason}`,
    ruledOut: (answers) => {
      const why = answers.map(
        ({ question, answers: given }) =>
          `the answer to "${question}" is ${given.join(", ") || "none"}`,
      );
      return `It does not apply: ${why.join("; ")}.`;
    },
    readiness: ({ criteria, later }) => {
      const waiting = later.reduce((sum, one) => sum + one.criteria, 0);
      const when = later.map(({ date, criteria: some }) => `${some} from ${date}`).join(", ");
      const who =
        waiting === criteria
          ? `None of the ${criteria} criteria binds yet`
          : `${waiting} of the ${criteria} criteria ${waiting === 1 ? "does" : "do"} not bind yet`;
      return `${who} (${when}). What this report says about them is how ready the log shows the agents to be, and no breach of an obligation.`;
    },
    stale: ({ reviewed, age, staleAfter }) =>
      `This framework was last compared with its source on ${reviewed}, ` +
      `${count(age)} days before this report; after ${count(staleAfter)} days that is stale. ` +
      `Check at the source what has changed since.`,
  },
  readings: { part: partRead, through: wayRead },
};

function counted(number: number, singular: string, plural = `${singular}s`): string {
  return `${count(number)} ${number === 1 ? singular : plural}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function listing(named: readonly string[], more: number): string {
  if (named.length === 0) return "none";
  return more > 0 ? `${named.join(", ")} and ${count(more)} more` : list(named);
}

function decisions({ blocked, auto, asked, unknown, answers }: DecisionFacts): string {
  const policy =
    `The policy blocked ${count(blocked)}, let ${count(auto)} ` +
    `through and sent ${count(asked)} to a human`;
  const humans =
    answers === undefined
      ? "; the log does not record what humans answered."
      : `, who approved ${count(answers.approved)} and denied ${count(answers.denied)}; ` +
        `${count(answers.unanswered)} ${answers.unanswered === 1 ? "has" : "have"} no recorded answer.`;
  const rest =
    unknown === 0 ? "" : ` For ${count(unknown)} no known decision of the policy is recorded.`;
  return `${policy}${humans}${rest}`;
}

const RESULTS: Readonly<Record<Result | "open", (amount: number) => string>> = {
  fail: () => "failed",
  warn: () => "gave a warning",
  pass: () => "passed",
  inconclusive: () => "could not be decided",
  error: () => "could not be run",
  open: (amount) => `gave a warning by supporting tests alone and ${wereNot(amount)} decided`,
  no_exception: (amount) => `could only have been disproved and ${wereNot(amount)}`,
  context: () => "gave figures only",
  not_applicable: () => "did not apply",
  not_assessed: (amount) => `${wereNot(amount)} assessed`,
};

function amountsIn(amounts: readonly ResultAmount[]): string {
  return amounts.map(({ result, amount }) => `${amount} ${RESULTS[result](amount)}`).join(", ");
}

function wereNot(amount: number): string {
  return amount === 1 ? "was not" : "were not";
}

function lacks(fields: readonly EntryField[]): string {
  const [first = "", second = ""] = fields;
  if (fields.length === 1) return `does not record ${first}`;
  if (fields.length === 2) return `records neither ${first} nor ${second}`;
  return `records none of ${list(fields)}`;
}

function conclusion(concluded: Concluded, occasion: ConclusionOccasion): string {
  const { criterion: id } = occasion;
  const within = scope(occasion);
  const words = READINGS[occasion.reading];
  switch (concluded.kind) {
    case "passed":
      return `${within}, ${words.passed(id, foundBy(concluded.found))}.`;
    case "unfound":
      return `${within}, ${words.unfound(id, foundBy(concluded.found))}. Such tests can only disprove, so this is no pass.`;
    case "warned": {
      const warned = concluded.only ? words.warnedOnly(id) : words.warned(id);
      return `${within}, ${warned}: ${warnedBy(concluded.by)}.`;
    }
    case "failed":
      return `${within}, ${words.failed(id)}: ${outOf(concluded.tests, concluded.of)} beyond its limit.`;
    case "inconclusive":
      return `${within}, nothing could be concluded on ${id}: ${CLAUSES[concluded.reason]}.`;
    case "context":
      return `${within}, these figures say something about ${id}; no verdict is drawn from them.`;
    case "not-applicable":
      return `${within}, there is nothing that ${id} could be about.`;
    case "no-test":
      return `No test is asked for ${id}.`;
    case "not-run":
      return `A test of ${id} could not be run.`;
  }
}

/** `In the 1,204 recorded agent actions between 2026-01-01 and 2026-03-31`. */
function scope({ actions, from, to }: ConclusionOccasion): string {
  if (actions === 0) return "With no recorded agent action in the period under review";
  const them =
    actions === 1
      ? "the one recorded agent action"
      : `the ${count(actions)} recorded agent actions`;
  return `In ${them} ${between(from, to)}`;
}

function between(from: string | null, to: string | null): string {
  if (from === null || to === null) return "without a readable time";
  const [first, last] = [day(from), day(to)];
  return first === last ? `of ${first}` : `between ${first} and ${last}`;
}

/** What decided, as a noun, and what it found. */
interface Found {
  readonly tests: string;
  readonly what: string;
}

/** How a reading speaks of a criterion. */
interface Reading {
  readonly passed: (id: string, found: Found) => string;
  readonly unfound: (id: string, found: Found) => string;
  readonly warned: (id: string) => string;
  readonly warnedOnly: (id: string) => string;
  readonly failed: (id: string) => string;
}

const READINGS: Readonly<Record<ConclusionOccasion["reading"], Reading>> = {
  tests: {
    passed: (id, { tests, what }) => `the ${tests} designed for ${id} found ${what}`,
    unfound: (id, { tests, what }) => `the ${tests} designed for ${id} found ${what}`,
    warned: (id) => `the tests designed for ${id} give a warning`,
    warnedOnly: (id) => `the tests designed for ${id} give a warning`,
    failed: (id) => `the tests designed for ${id} found exceptions`,
  },
  outcomes: {
    passed: (id, { tests, what }) =>
      `the ${tests} run support the outcome ${id}; they found ${what}`,
    unfound: (id, { tests, what }) =>
      `the ${tests} run say nothing against the outcome ${id}; they found ${what}`,
    warned: (id) => `the tests run support the outcome ${id} only in part`,
    warnedOnly: (id) => `the tests run give a warning about the outcome ${id}`,
    failed: (id) => `the tests run do not support the outcome ${id}`,
  },
  traces: {
    passed: (id, { tests, what }) => `no traces of ${id} were seen; the ${tests} run found ${what}`,
    unfound: (id, { tests, what }) =>
      `no traces of ${id} were seen; the ${tests} run found ${what}`,
    warned: (id) => `there may be traces of ${id}`,
    warnedOnly: (id) => `there may be traces of ${id}`,
    failed: (id) => `traces of ${id} were seen`,
  },
};

/** Where a supporting test speaks against it, only the deciding ones are claimed for. */
function foundBy({ exceptions, warnings, errors }: FoundNothing): Found {
  return {
    tests: warnings + errors === 0 ? "tests" : "deciding tests",
    what: [
      exceptions === "none" ? "no exceptions" : "no more exceptions than their limits allow",
      ...(warnings === 0 ? [] : [`${supportingTests(warnings)} between its limits`]),
      ...(errors === 0 ? [] : [`${supportingTests(errors)} without an answer`]),
    ].join("; "),
  };
}

/** `a supporting test is`, `2 supporting tests are each`. */
function supportingTests(some: number): string {
  return some === 1 ? "a supporting test is" : `${some} supporting tests are each`;
}

function warnedBy(by: WarnedBy): string {
  if (by.kind === "deciding") return `${outOf(by.tests, by.of)} between its limits`;
  const beyond = `${supportingTests(by.tests)} beyond its limit`;
  return by.open === undefined ? beyond : `${beyond}, and ${stillOpen(by.open)}`;
}

/** `the deciding test could not be decided: too little is recorded`. */
function stillOpen({
  tests: some,
  of: all,
  because,
}: NonNullable<Extract<WarnedBy, { kind: "supporting" }>["open"]>): string {
  if (because === "not-applicable") {
    return all === 1 ? "the deciding test does not apply" : "the deciding tests do not apply";
  }
  const tests =
    some < all
      ? `${some} of the ${all} deciding tests`
      : `the deciding ${all === 1 ? "test" : "tests"}`;
  return `${tests} could not be decided: ${CLAUSES[because]}`;
}

/** `1 of 3 tests is`, `2 of 3 tests are each`, `the test is`. */
function outOf(some: number, all: number): string {
  if (all === 1) return "the test is";
  return `${some} of ${all} tests ${some === 1 ? "is" : "are each"}`;
}

const CLAUSES: Readonly<Record<Reason, string>> = {
  "not-exercised": "nothing happened that would test it",
  "not-recorded": "the log does not record what the tests need",
  "too-few": "too little is recorded",
  "missing-input": "an input beside the log is missing",
  "record-in-doubt": "the record itself is in doubt",
};

function partRead(part: InputPart): string {
  switch (part.kind) {
    case "every-entry":
      return "every entry";
    case "no-rows":
      return rowsOf(part.table, "no rows");
    case "rows":
      return rowsOf(part.table, `rows ${part.first} to ${part.last}`);
    case "bytes":
      return `bytes ${part.first} to ${part.last}`;
  }
}

function rowsOf(table: string | undefined, rows: string): string {
  return table === undefined ? rows : `${table}, ${rows}`;
}

function wayRead(way: InputWay): string {
  return way.kind === "rollup"
    ? "through a rollup"
    : `through a ledger, manifest SHA-256 ${way.sha256}`;
}
