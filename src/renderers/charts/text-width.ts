// How wide a text will be, without a browser to ask: a little more than a sans-serif face takes.

const NARROW = /[ijl.,:;'|!()[\]\\ftrI/ -]/u;
const WIDE = /[mwMW@%—…]/u;
const CAPITAL = /[A-Z&#]/u;

/** How much wider a semi-bold face is. */
const SEMI_BOLD = 1.12;

/** Width in pixels at a size, rather too much than too little. */
export function widthOf(text: string, size = 12, weight = 400): number {
  let ems = 0;
  for (const character of text) {
    if (character > "\u024f") ems += 1;
    else if (NARROW.test(character)) ems += 0.36;
    else if (WIDE.test(character)) ems += 0.95;
    else if (CAPITAL.test(character)) ems += 0.72;
    else ems += 0.62;
  }
  return ems * size * (weight > 400 ? SEMI_BOLD : 1);
}

/** The text, cut with an ellipsis where it is wider than there is room. */
export function fitted(text: string, width: number, size = 12): string {
  if (widthOf(text, size) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && widthOf(`${characters.join("")}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}
