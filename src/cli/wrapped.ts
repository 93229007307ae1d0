// Text in lines that fit the width of the place that shows them.

import { shown } from "./shown.ts";

/** Lines broken at blanks, each indented; a word that is longer than a line stands alone. */
export function wrapped(text: string, width: number, indent: number): string[] {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (const word of shown(text.replaceAll(/\s+/g, " ").trim()).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent + longer.length > width - 1) {
      lines.push(margin + line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, margin + line];
}
