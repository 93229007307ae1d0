// weekdays [1..7], 1 for Monday to 7 for Sunday (ISO 8601), in UTC.

import type { Mistake } from "../mistakes.ts";
import { expected } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import type { Answer, Occasion, Weekdays } from "./condition.ts";

const NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** The days; none at all is a mistake, since the rule could never match. */
export function readWeekdays(tree: Tree, mistakes: Mistake[]): Weekdays | undefined {
  if (tree.kind !== "list") {
    return expected(tree, "a list of weekdays, such as [1, 2, 3, 4, 5]", mistakes);
  }
  if (tree.items.length === 0) {
    return expected(tree, "at least one weekday", mistakes, "With none the rule never matches.");
  }
  const days = tree.items.map((item) => {
    const value = item.kind === "scalar" ? item.value : undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 7) {
      return value;
    }
    expected(item, "a weekday from 1 (Monday) to 7 (Sunday)", mistakes, hintFor(value));
    return 1;
  });
  return { kind: "weekdays", days: [...new Set(days)].sort((a, b) => a - b) };
}

function hintFor(value: unknown): string | undefined {
  if (value === 0) return "Sunday is 7.";
  if (typeof value !== "string") return undefined;
  if (/^[1-7]$/u.test(value)) return `Write ${value} without quotes.`;
  const day = NAMES.indexOf(value.slice(0, 3).toLowerCase()) + 1;
  return day === 0 ? undefined : `Did you mean ${day}?`;
}

export function holdsOnDay(weekdays: Weekdays, occasion: Occasion): Answer {
  return weekdays.days.includes(occasion.weekday);
}
