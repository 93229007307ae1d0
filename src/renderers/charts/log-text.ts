// Text from a log inside a picture: visible, cut, and clipped to its place, so that no script or
// stack of accents reaches beyond it.

import { visible } from "../words/visible.ts";
import { element, text } from "./markup.ts";
import type { TextStyle } from "./markup.ts";
import { fitted } from "./text-width.ts";

/** Characters shown of a name in a picture or a sentence. */
const NAME_LENGTH = 60;

/** A name as a chart's sentence shows it. */
export function name(from: string): string {
  // Twice as many code units hold at least so many characters, and a text may be a megabyte.
  const characters = Array.from(from.slice(0, 2 * NAME_LENGTH + 2));
  const kept = characters.slice(0, NAME_LENGTH).join("");
  return `${visible(kept, NAME_LENGTH)}${characters.length > NAME_LENGTH ? "…" : ""}`;
}

/** A name in a box of its own; at its right edge when the anchor is `end`. */
export function boxed(
  from: string,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  style: Pick<TextStyle, "anchor" | "colour" | "weight" | "size">,
): string {
  const shown = fitted(name(from), box.width, style.size);
  return element(
    "svg",
    { ...box },
    text(shown, {
      ...style,
      x: style.anchor === "end" ? box.width : 0,
      y: box.height / 2 + 4,
    }),
  );
}
