// The letter of a score.

import type { Grade } from "../model/report.ts";

const GRADES: readonly (readonly [number, Grade])[] = [
  [97, "A+"],
  [93, "A"],
  [90, "A-"],
  [87, "B+"],
  [83, "B"],
  [80, "B-"],
  [77, "C+"],
  [73, "C"],
  [70, "C-"],
  [67, "D+"],
  [63, "D"],
  [60, "D-"],
];

/** The letter of a score on the documented scale. */
export function gradeOf(score: number): Grade {
  return GRADES.find(([least]) => score >= least)?.[1] ?? "F";
}
