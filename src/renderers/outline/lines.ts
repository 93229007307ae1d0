// Pieces of lines, and sentences of a language with pieces put into them.

import type { Result, Severity } from "../../model/result.ts";
import type { CriterionSeverity } from "../../model/framework.ts";
import type { NameWords } from "../../languages/words/report/names.ts";
import type { Inline, Line } from "./document.ts";

/** Our own words, a framework's or the organisation's. */
export function text(words: string): Inline {
  return { kind: "text", text: words };
}

/** A line of our own words; empty words make an empty line. */
export function plain(words: string): Line {
  return words === "" ? [] : [text(words)];
}

/** A value from a log or from anybody else; unrecorded is an empty line. */
export function value(words: string | undefined): Line {
  return words === undefined || words === "" ? [] : [{ kind: "log", text: words, length: "value" }];
}

/** A longer text that may quote a log. */
export function passage(words: string): Line {
  return words === "" ? [] : [{ kind: "log", text: words, length: "passage" }];
}

/** An identifier, expression, digest or command. */
export function code(words: string | undefined): Line {
  return words === undefined || words === "" ? [] : [{ kind: "code", text: words }];
}

/** Words in bold. */
export function strong(words: string): Inline {
  return { kind: "strong", of: [text(words)] };
}

/** A result's word. */
export function result(of: Result, { results }: NameWords): Inline {
  return { kind: "result", result: of, word: results[of] };
}

/** A severity's word; an empty line where there is none. */
export function severity(
  of: Severity | CriterionSeverity | undefined,
  { severities }: NameWords,
): Line {
  return of === undefined ? [] : [{ kind: "severity", severity: of, word: severities[of] }];
}

/** A line that leads to a block by its id; as it is where there is no such block. */
export function linked(to: string | undefined, line: Line): Line {
  return to === undefined || line.length === 0 ? line : [{ kind: "link", to, of: line }];
}

/** Lines one after another with words between them; empty ones are left out. */
export function joined(lines: readonly Line[], between: string): Line {
  const all: Inline[] = [];
  for (const line of lines) {
    if (line.length > 0 && all.length > 0) all.push(text(between));
    all.push(...line);
  }
  return all;
}

const PLACE = /\{(\w+)\}/;

/**
 * A sentence with what its texts in braces stand for. What is put in is never read for braces;
 * a name that stands for nothing stays as it is.
 */
export function sentence(words: string, parts: Readonly<Record<string, Line>> = {}): Line {
  const pieces = words.split(PLACE);
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 0) return plain(piece);
    return Object.hasOwn(parts, piece) ? (parts[piece] ?? []) : plain(`{${piece}}`);
  });
}
