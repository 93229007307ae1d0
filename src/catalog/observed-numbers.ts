// Which numbers an observation gives, by the kind of its measure: the names that limits may
// compare, and with a few texts besides the placeholders that sentences may use. Closed sets.

import type { NameDeclaration, Schema } from "../expression/schema.ts";
import type { Measure, MeasureKind } from "../model/measure.ts";

/** How a number reads: a count can carry a noun, a share is a percentage, the others have their unit. */
export type NumberForm = "count" | "share" | "seconds" | "days" | "number";

type Numbers = Readonly<Record<string, NumberForm>>;

const POPULATION: Numbers = { population: "count" };
const EXCEPTIONS: Numbers = { ...POPULATION, exceptions: "count", exception_share: "share" };
const PART: Numbers = { ...EXCEPTIONS, part: "count", share: "share" };
const BOUNDED: Numbers = { ...PART, share_low: "share" };

const NUMBERS: Readonly<Record<MeasureKind, Numbers>> = {
  count: EXCEPTIONS,
  ratio: { ...BOUNDED, share_high: "share" },
  distinct: { ...POPULATION, active_days: "count" },
  "set-difference": { ...EXCEPTIONS, unknown: "count", known: "count" },
  groups: { ...POPULATION, groups: "count" },
  "share-of-top": { ...PART, groups: "count" },
  profile: { ...EXCEPTIONS, part: "count", inversion: "share", compared: "count" },
  max: { ...EXCEPTIONS, max: "count", p99: "count" },
  reach: {
    ...POPULATION,
    reach_days: "days",
    newest_days: "days",
    span_days: "days",
    deployed_days: "days",
  },
  identity: { ...EXCEPTIONS, duplicates: "count", missing: "count", dense: "count" },
  clock: { ...BOUNDED, unreadable: "count", naive: "count", future: "count", backwards: "count" },
  spike: { ...EXCEPTIONS, spikes: "count", buckets: "count", median: "number", peak: "count" },
  gap: { ...EXCEPTIONS, longest_seconds: "seconds", span_days: "days" },
  sequence: {
    ...EXCEPTIONS,
    ...counts("then", "followed"),
    followed_share: "share",
    then_share: "share",
  },
  run: { ...EXCEPTIONS, runs: "count", longest_run: "count" },
  rate: { ...EXCEPTIONS, bursts: "count", peak: "count" },
  percentile: {
    ...EXCEPTIONS,
    percentile_seconds: "seconds",
    unfollowed: "count",
    recovery_seconds: "seconds",
    times_recovery: "number",
  },
  delegation: { ...BOUNDED, orphans: "count", depth_jumps: "count", shallow: "count" },
  "policy-lint": EXCEPTIONS,
  "policy-replay": {
    ...BOUNDED,
    under_enforced: "count",
    under_enforced_elevated: "count",
    unknown_rules: "count",
  },
};

function counts(...names: readonly string[]): Numbers {
  return Object.fromEntries(names.map((name) => [name, "count"]));
}

/** Every number that an observation of the measure can give, with its form. */
export function numbersOf(measure: Measure): ReadonlyMap<string, NumberForm> {
  const numbers = new Map(Object.entries(NUMBERS[measure.kind]));
  switch (measure.kind) {
    case "distinct":
      for (const { name } of measure.of) numbers.set(name, "count");
      if (measure.per !== undefined) {
        for (const { name } of measure.of) numbers.set(`most_${name}`, "count");
      }
      break;
    case "profile":
      for (const { name } of measure.steps) {
        numbers.set(`${name}_share`, "share");
        numbers.set(`${name}_count`, "count");
      }
      break;
    case "gap":
      if (measure.by !== undefined) numbers.set("threshold_seconds", "seconds");
      if (measure.corroboration !== undefined) numbers.set("corroborated", "count");
      break;
    case "policy-lint":
      for (const { name } of measure.lintCounts) numbers.set(name, "count");
      break;
    default:
      break;
  }
  for (const { name } of measure.counts ?? []) numbers.set(name, "count");
  for (const { name } of measure.shares ?? []) {
    numbers.set(name, "share");
    numbers.set(`${name}_low`, "share");
  }
  return numbers;
}

const WHOLE: NameDeclaration = { type: "number", cel: "int" };
const BROKEN: NameDeclaration = { type: "number", cel: "double" };

/** What limits of the measure may refer to. */
export function limitSchema(measure: Measure): Schema {
  return new Map(
    [...numbersOf(measure)].map(([name, form]) => [name, form === "count" ? WHOLE : BROKEN]),
  );
}

/** Placeholders that are no numbers of limits, by kind. */
const TEXTS: Readonly<Record<MeasureKind, readonly string[]>> = {
  count: ["first"],
  ratio: ["first"],
  distinct: [],
  "set-difference": ["first", "group_list"],
  groups: ["group_list"],
  "share-of-top": ["first", "top"],
  profile: ["first"],
  max: ["first"],
  reach: [],
  identity: ["first"],
  clock: ["first"],
  spike: ["first"],
  gap: ["first", "longest"],
  sequence: ["first"],
  run: ["first"],
  rate: ["first"],
  percentile: ["first"],
  delegation: ["first"],
  "policy-lint": ["first"],
  "policy-replay": ["first"],
};

/**
 * Placeholders that a text about the measure may use, and whether each stands for a count and
 * may carry a noun. `first` names the first exceptions; for a gap, the entries that end the
 * first silences. `rest` is the population without the part. `top` is the text of the largest
 * group. `longest` is the longest silence over the limit and says something only where there
 * is one.
 */
export function placeholdersOf(measure: Measure): ReadonlyMap<string, boolean> {
  const numbers = numbersOf(measure);
  const names = new Map([...numbers].map(([name, form]) => [name, form === "count"]));
  if (numbers.has("part")) names.set("rest", true);
  if (measure.kind === "share-of-top") names.set("top_count", true);
  if (measure.kind === "distinct" && measure.per !== undefined) names.set("group_list", false);
  for (const name of TEXTS[measure.kind]) names.set(name, false);
  return names;
}

/** Every name that means something for measures of some kind: none may be given to a count or a share. */
export const TAKEN_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(NUMBERS).flatMap((numbers) => Object.keys(numbers)),
  ...Object.values(TEXTS).flat(),
  "rest",
  "top_count",
  "threshold_seconds",
  "corroborated",
]);
