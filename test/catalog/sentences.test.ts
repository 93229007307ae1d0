// What the measures say, with counts of none, one and two: every sentence is one, whatever was
// counted. A count may be 1, so no verb or pronoun after it may ask for a plural.

import { describe, expect, test } from "vitest";
import { fill } from "../../src/assess/wording.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { numbersOf } from "../../src/catalog/observed-numbers.ts";
import { GERMAN } from "../../src/languages/de.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { Observation } from "../../src/model/observation.ts";

const catalog = loadCatalog();
const PACKED = catalog.frameworkIds.flatMap((id) => {
  const { framework } = catalog.framework(id);
  return framework.criteria.flatMap((criterion) =>
    "decisive" in criterion
      ? [...criterion.decisive, ...criterion.supporting].map(({ measure }) => measure)
      : [],
  );
});
const SAYING: readonly Measure[] = [...new Set([...catalog.measureIds, ...PACKED])]
  .sort()
  .map((id) => catalog.askedMeasure(id))
  .filter(({ sentence }) => sentence !== undefined);

/** What no sentence may hold, by what is wrong with it. */
const MISTAKES: readonly { readonly what: string; readonly form: RegExp }[] = [
  { what: "a hole", form: /[{}–]|undefined|NaN|null|Infinity/ },
  { what: "two blanks, or one before a mark", form: / {2}|\s[.,;:)]|\(\s|^\s|\s$/ },
  { what: "no end", form: /[^.]$/ },
  { what: "no beginning", form: /^[a-z]/ },
  {
    what: "a plural verb or pronoun after a count",
    form: /(?<![\d.,])\d+ [^.;:(]*\b(?:were|are|have|do|belong|lie|hold|decide|need|they|them|their|these|those)\b/,
  },
  { what: "one of several", form: /(?<![\d.,])1 (?!was\b|is\b)[a-z]*[a-rt-z]s\b/ },
  { what: "none or several of one", form: /(?<![\d.,])[02] (?:entry|action|day|agent|failure)\b/ },
];

function mistakesIn(sentence: string): string[] {
  return MISTAKES.flatMap(({ what, form }) => (form.test(sentence) ? [what] : []));
}

/** An observation whose named counts are all the same; with `none`, what can be undefined is. */
function counted(
  measure: Measure,
  population: number,
  exceptions: number,
  others: number | "none",
): Observation {
  const part = population - exceptions;
  const named = [...numbersOf(measure)].flatMap(([name, form]): [string, number][] => {
    if (name === "population" || name === "exceptions") return [];
    if (name === "part") return [[name, part]];
    const isOpen = form !== "count" || name === "missing";
    if (others === "none") return isOpen ? [] : [[name, 0]];
    return [[name, form === "share" ? others / 2 : others]];
  });
  return {
    kind: measure.kind,
    measure: measure.id,
    population,
    exceptions,
    exceptionEntries: [],
    part,
    numbers: Object.fromEntries(named),
  } as unknown as Observation;
}

const COUNTS = [1, 2].flatMap((population) =>
  [0, 1, 2]
    .filter((exceptions) => exceptions <= population)
    .flatMap((exceptions) =>
      (["none", 0, 1, 2] as const).map((others) => [population, exceptions, others] as const),
    ),
);

describe("every sentence holds for none, one and two", () => {
  test.each(SAYING.map((measure) => [measure.id, measure] as const))("%s", (_, measure) => {
    const shares = (measure.shares ?? []).map(({ name }) => name);
    const wrong = COUNTS.flatMap((counts) => {
      const says = fill(measure.sentence ?? "", counted(measure, ...counts), ENGLISH, [], shares);
      return mistakesIn(says).map((what) => `${what}: ${says}`);
    });
    expect(wrong).toEqual([]);
  });

  test.each(SAYING.map((measure) => [measure.id, measure] as const))(
    "%s without any entry",
    (_, { empty }) => {
      expect(mistakesIn(empty?.says ?? "")).toEqual([]);
    },
  );

  test("and there are as many as measures with limits", () => {
    expect(SAYING.length).toBeGreaterThan(50);
  });
});

test.each([
  ["0 of 1 failure belong to rows of five or more.", "a plural verb or pronoun after a count"],
  ["1 of 1 refused action were stopped.", "a plural verb or pronoun after a count"],
  ["1 of 1 action had no named rule behind them.", "a plural verb or pronoun after a count"],
  ["2 entries hold a value, 1 of 2 in several.", "a plural verb or pronoun after a count"],
  ["Failures: 1 rows.", "one of several"],
  ["Failures in 2 entry.", "none or several of one"],
  ["Seen within –.", "a hole"],
  ["Seen within undefined.", "a hole"],
  ["Failures : 1.", "two blanks, or one before a mark"],
  ["Failures:  1.", "two blanks, or one before a mark"],
  ["Failures: 1", "no end"],
  ["failures: 1.", "no beginning"],
])("the rules find what is wrong with: %s", (sentence, what) => {
  expect(mistakesIn(sentence)).toEqual([what]);
});

describe("in German", () => {
  const german = loadCatalog({ language: "de" });
  const form =
    /[{}–]|undefined|NaN|null|Infinity| {2}|\s[.,;:)]|\(\s|^\s|\s$|[^.]$|(?<![\d.,])1 (?:Aktionen|Einträgen|Agenten|Tage|Stunden)\b/;

  test.each(SAYING.map(({ id }) => german.askedMeasure(id)).map((one) => [one.id, one] as const))(
    "%s holds for none, one and two",
    (_, measure) => {
      const shares = (measure.shares ?? []).map(({ name }) => name);
      const wrong = COUNTS.map((counts) =>
        fill(measure.sentence ?? "", counted(measure, ...counts), GERMAN, [], shares),
      ).filter((says) => form.test(says));
      expect(wrong).toEqual([]);
      expect(measure.empty?.says ?? "").not.toMatch(form);
    },
  );
});
