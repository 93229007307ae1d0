// The style sheet of a report: one text, put together from its parts.

import { BLOCKS } from "./style/blocks.ts";
import { accentColours, CHARTS, COLOURS } from "./style/colours.ts";
import { CONTROLS } from "./style/controls.ts";
import { PAGE } from "./style/page.ts";
import { pageMargins, PRINT } from "./style/print.ts";
import type { Margins } from "./style/print.ts";

/**
 * The style sheet.
 *
 * @param accent the organisation's colour; anything but `#rrggbb` is not used
 */
export function styleSheet(accent: string | undefined, margins: Margins): string {
  return [
    COLOURS,
    CHARTS,
    accentColours(accent),
    PAGE,
    BLOCKS,
    CONTROLS,
    PRINT,
    pageMargins(margins),
  ]
    .join("")
    .replace(/^ +/gm, "");
}
