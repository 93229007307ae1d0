// The key of a chart: what each colour and pattern stands for, in words, with its number.

import { element, paint, rectangle, text } from "./markup.ts";
import type { Attributes } from "./markup.ts";
import type { ChartColourName } from "./colours.ts";
import { fitted, widthOf } from "./text-width.ts";

/** One entry of a key. */
export interface KeyEntry {
  readonly label: string;
  /** Its sign, 12 pixels wide and high, with its upper left corner there. */
  readonly swatch: (x: number, y: number) => string;
}

/** A filled square. */
export function square(attributes: Attributes): KeyEntry["swatch"] {
  return (x, y) => rectangle(x + 0.5, y + 0.5, 11, 11, attributes);
}

const LINE = 20;
const GAP = 18;

/** The entries side by side, in as many lines as they need, below `top`. */
export function key(
  entries: readonly KeyEntry[],
  place: { readonly left: number; readonly right: number; readonly top: number },
): { readonly markup: string; readonly height: number } {
  const { left, right, top } = place;
  let x = left;
  let y = top;
  const parts = entries.map(({ label, swatch }) => {
    const shown = fitted(label, right - left - GAP);
    const width = GAP + widthOf(shown);
    if (x > left && x + width > right) {
      x = left;
      y += LINE;
    }
    const at = x;
    x += width + 14;
    return swatch(at, y) + text(shown, { x: at + GAP, y: y + 10 });
  });
  return { markup: parts.join(""), height: entries.length === 0 ? 0 : y - top + LINE };
}

/**
 * A hatched fill: its definition, and the attributes that use it.
 *
 * @param id unique in a page: it begins with the chart's id
 */
export function hatch(
  id: string,
  ground: ChartColourName,
  lines: ChartColourName = "surface",
): { readonly definition: string; readonly attributes: Attributes } {
  const definition = element(
    "pattern",
    { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    rectangle(0, 0, 5, 5, paint(ground)),
    rectangle(0, 0, 1.5, 5, paint(lines)),
  );
  return { definition: element("defs", {}, definition), attributes: { fill: `url(#${id})` } };
}
