// A line of the outline as HTML. Text from a log stands in `bdi`, so that its reading direction
// ends with it.

import type { Inline, Line } from "../outline/document.ts";
import { foreign, markup, text } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Measure } from "./measure.ts";
import { RESULT_SIGNS, SEVERITY_SIGNS } from "../words/signs.ts";
import type { AnySeverity } from "../words/signs.ts";
import type { Result } from "../../model/result.ts";

/** A line. */
export function line(of: Line, measure: Measure): Markup {
  return markup`${of.map((inline) => piece(inline, measure))}`;
}

/** A line without its links, for places that are pressed themselves. */
export function unlinked(of: Line): Line {
  return of.flatMap((inline) => {
    if (inline.kind === "link") return unlinked(inline.of);
    return [inline.kind === "strong" ? { ...inline, of: unlinked(inline.of) } : inline];
  });
}

/** A result's word beside its sign, on its colour. */
export function resultBadge(result: Result, word: string): Markup {
  return markup`<span class="badge" data-is="${result}"><span aria-hidden="true">${RESULT_SIGNS[result]}</span> ${word}</span>`;
}

/** A severity's word beside its sign. */
export function severityMark(severity: AnySeverity, word: string): Markup {
  return markup`<span class="severity" data-is="${severity}"><span aria-hidden="true">${SEVERITY_SIGNS[severity]}</span> ${word}</span>`;
}

function piece(inline: Inline, measure: Measure): Markup {
  switch (inline.kind) {
    case "text":
      return text(inline.text, measure.own);
    case "log":
      return markup`<bdi>${foreign(inline.text, measure[inline.length])}</bdi>`;
    case "strong":
      return markup`<strong>${line(inline.of, measure)}</strong>`;
    case "code":
      return markup`<code>${foreign(inline.text, measure.own)}</code>`;
    case "result":
      return resultBadge(inline.result, inline.word);
    case "severity":
      return severityMark(inline.severity, inline.word);
    case "link":
      return markup`<a href="#${inline.to}">${line(inline.of, measure)}</a>`;
  }
}
