// Paragraphs of a terminal report: headings and labels in the first columns, text right of them.

import type { Language } from "../../languages/language.ts";
import type { Result } from "../../model/result.ts";
import { OWN_LENGTH, PASSAGE_LENGTH } from "../words/visible.ts";
import type { Run, Style } from "./cells.ts";

/** A paragraph and how far its first and its following lines are indented. */
export interface Block {
  readonly runs: readonly Run[];
  readonly indent: number;
  readonly hanging: number;
}

/** An empty line. */
export const BLANK: Block = { runs: [], indent: 0, hanging: 0 };

/** Exceptions named below a finding. */
export const POINTERS = 5;

/** Column at which what a label says begins. */
export const LABELLED = 16;

/** A shape and a colour for each result. */
export const MARKS: Readonly<Record<Result, { readonly mark: string; readonly style: Style }>> = {
  fail: { mark: "✗", style: "red" },
  error: { mark: "✗", style: "red" },
  warn: { mark: "!", style: "yellow" },
  inconclusive: { mark: "?", style: "cyan" },
  not_assessed: { mark: "?", style: "cyan" },
  pass: { mark: "✓", style: "green" },
  no_exception: { mark: "○", style: "dim" },
  not_applicable: { mark: "○", style: "dim" },
  context: { mark: "·", style: "dim" },
};

/** A line in the first column. */
export function heading(text: string): Block {
  return { runs: [{ text, style: "bold" }], indent: 0, hanging: LABELLED };
}

/** A label, and what it says beside it: words of ours or of the framework, which are never cut. */
export function labelled(label: string, text: string, indent = 2, column = LABELLED): Block {
  return beside({ label, text, indent, column, most: OWN_LENGTH });
}

/** A label, and a text beside it that quotes a log or a name from outside. */
export function quoted(label: string, text: string, indent = 2, column = LABELLED): Block {
  return beside({ label, text, indent, column, most: PASSAGE_LENGTH });
}

function beside({
  label,
  text,
  indent,
  column,
  most,
}: {
  readonly label: string;
  readonly text: string;
  readonly indent: number;
  readonly column: number;
  readonly most: number;
}): Block {
  const runs: readonly Run[] = [
    { text: label, style: "dim", pad: column - indent - 1 },
    { text, most },
  ];
  return { runs, indent, hanging: column };
}

/** Columns of findings, below the widest word that a language has for a result. */
export interface Columns {
  /** At which a finding's title begins. */
  readonly title: number;
  /** At which a finding's text begins. */
  readonly text: number;
}

/** Where findings stand in a language. */
export function columnsIn({ report: { names, terminal } }: Language): Columns {
  const { why, fix, see, cap } = terminal.below;
  const title = widest(Object.values(names.results)) + 5;
  return { title, text: title + widest([why, fix, see, cap]) + 1 };
}

function widest(words: readonly string[]): number {
  return Math.max(...words.map((word) => word.length));
}

/** A label below a finding, and what it says: words of ours or of the framework. */
export function below(label: string, text: string, { title, text: column }: Columns): Block {
  return labelled(label, text, title, Math.max(column, title + label.length + 1));
}

/** A label below a finding, and a text that quotes a log. */
export function quotedBelow(label: string, text: string, { title, text: column }: Columns): Block {
  return quoted(label, text, title, Math.max(column, title + label.length + 1));
}

/** A line that begins with a mark and a word or number. */
export function marked(
  result: Result,
  word: string,
  rest: readonly Run[],
  { title, text }: Columns,
): Block {
  const { mark, style } = MARKS[result];
  const tag: Run = { text: `${mark} ${word}`, style, pad: title - 3 };
  return { runs: [tag, ...rest], indent: 2, hanging: text };
}

/** The colour of a score. */
export function gradeStyle(score: number): Style {
  if (score >= 90) return "green";
  return score >= 60 ? "yellow" : "red";
}
