// English numbers: `1,204`, `98.7 %`, `2026-03-02`.

import { numbersWith } from "../figure-words.ts";
import type { Numbers } from "../numbers.ts";

/** Numbers as an English report writes them. */
export const NUMBERS: Numbers = numbersWith({
  thousands: ",",
  point: ".",
  noShare: "no share",
  justAboveZero: "just above 0 %",
  justBelowHundred: "just below 100 %",
  and: "and",
  units: {
    day: ["day", "days"],
    hour: ["hour", "hours"],
    minute: ["minute", "minutes"],
    second: ["second", "seconds"],
  },
  day: (year, month, day) => `${year}-${month}-${day}`,
});
