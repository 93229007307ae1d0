// One shape for the items of all lists beside the log: named texts that know their place.

import type { ComplianceError } from "../../model/error.ts";

/** One item of a list. */
export interface Row {
  /** The text under a name, without the blanks around it; undefined when there is none. */
  text(name: string): string | undefined;
  /** Several texts under a name: a list, or one text cut at blanks and semicolons. */
  texts(name: string): readonly string[] | undefined;
  /** Line in its file, from 1. */
  readonly line: number | undefined;
  refuse(name: string, reason: string, hint?: string): ComplianceError;
}

/** What a list may look like. */
export interface RowForm {
  /** What the list is of, for messages: `agents`. */
  readonly of: string;
  /** Name of what must be there; a plain text in a list stands for it. */
  readonly needed: string;
  /** Other names that mean something. Further columns of a CSV file are left alone. */
  readonly others: readonly string[];
  /** Whether an item may be a text alone. */
  readonly plain: boolean;
  /** Whether a file may be named instead of a list. */
  readonly files: "none" | "beside";
}

/** A text cut at blanks and semicolons. */
export function partsOf(text: string | undefined): string[] | undefined {
  const parts = text?.split(/[\s;]+/).filter((part) => part !== "");
  return parts === undefined || parts.length === 0 ? undefined : parts;
}
