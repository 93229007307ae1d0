// Signs of results as shapes, so that they need no face and hold without colour.

import type { Result } from "../../model/result.ts";
import type { ChartColourName } from "./colours.ts";
import { element, paint } from "./markup.ts";

/** The colour that goes with a result. */
export const RESULT_COLOURS: Readonly<Record<Result, ChartColourName>> = {
  fail: "crimson",
  error: "crimson",
  warn: "ochre",
  inconclusive: "grey",
  pass: "blue",
  no_exception: "grey",
  context: "grey",
  not_applicable: "grey",
  not_assessed: "grey",
};

const CROSS = "M2 2L10 10M10 2L2 10";
const QUESTION = "M3.6 4A2.5 2.5 0 1 1 7 6C6.2 6.5 6 6.9 6 7.8M6 10.6H6.01";
const RING = "M6 2A4 4 0 1 1 5.99 2Z";

/** In a square of 12 pixels: the signs that every format shows, as lines. */
const SHAPES: Readonly<Record<Result, string>> = {
  fail: CROSS,
  error: CROSS,
  warn: "M6 1.5V7.5M6 10.5H6.01",
  inconclusive: QUESTION,
  not_assessed: QUESTION,
  pass: "M1.5 6.5L4.5 9.5L10.5 2.5",
  no_exception: RING,
  not_applicable: RING,
  context: "M6 5.5V6.5",
};

/** A result's sign with its upper left corner there. */
export function sign(result: Result, x: number, y: number): string {
  return element("path", {
    d: SHAPES[result],
    transform: `translate(${x} ${y})`,
    "stroke-width": 2,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    ...paint("none", RESULT_COLOURS[result]),
  });
}
