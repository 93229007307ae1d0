// Text inside the XML of a workbook.

/**
 * Text between tags or in an attribute in quotation marks. What XML 1.0 cannot hold is written as
 * `_xHHHH_` (ECMA-376 Part 1, 22.9.2.19, ST_Xstring), and so is an underscore that would make the
 * text itself read like that.
 */
export function xml(text: string): string {
  return markup(
    text
      .replace(READS_AS_ESCAPE, "_x005F_")
      .replace(UNHOLDABLE, (unit) => unitEscape(unit.charCodeAt(0))),
  );
}

/** Text where `_xHHHH_` means nothing. It must hold only what XML can hold, as `visible` text does. */
export function markup(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Controls (also those that XML would turn into blanks), lone surrogates, two noncharacters. */
const UNHOLDABLE = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** An underscore that begins such an escape, also one whose last underscore is another's first. */
const READS_AS_ESCAPE = /_(?=x[0-9a-f]{4}[_\p{Cc}\p{Cs}\ufffe\uffff])/giu;

function unitEscape(unit: number): string {
  return `_x${unit.toString(16).toUpperCase().padStart(4, "0")}_`;
}

/** The first line of every part. */
export const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
