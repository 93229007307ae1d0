import { expect, test } from "vitest";
import {
  criteriaDecided,
  criteriaNotAssessed,
  notAssessedAmount,
} from "../../src/model/coverage-in-words.ts";
import type { Coverage } from "../../src/model/report.ts";

const coverage = (more: Partial<Coverage> = {}): Coverage => ({
  decided: 0,
  possible: 0,
  weightDecided: 0,
  weightPossible: 0,
  ...more,
});
const row = (count?: number) => ({
  criterion: "X",
  why: "",
  askFor: "",
  ...(count === undefined ? {} : { count }),
});

test.each([
  [12, 14, "12 of 14 testable criteria decided"],
  [1, 1, "1 of 1 testable criterion decided"],
  [0, 0, "0 of 0 testable criteria decided"],
  [1000, 1204, "1,000 of 1,204 testable criteria decided"],
])("%i decided of %i", (decided, possible, expected) => {
  expect(criteriaDecided(coverage({ decided, possible }))).toBe(expected);
});

test.each([
  [[34, undefined], 61, "35 of 61 criteria"],
  [[undefined], 61, "1 of 61 criteria"],
  [[], 61, "0 of 61 criteria"],
  [[1], 1, "1 of 1 criterion"],
  [[12, undefined], undefined, "13 requirements"],
  [[undefined], undefined, "1 requirement"],
  [[], undefined, "0 requirements"],
])("rows for %j, of %s in the edition", (counts, total, expected) => {
  const report = {
    coverage: coverage(total === undefined ? {} : { total }),
    notAssessed: counts.map(row),
  };
  expect(notAssessedAmount(report)).toBe(expected);
  expect(criteriaNotAssessed(report)).toBe(`${expected} not assessed`);
});
