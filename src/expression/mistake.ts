// Mistakes in an expression's text, told at their line and column.

import { ComplianceError } from "../model/error.ts";

/** What may be said of a mistake besides its sentence. */
export interface MistakeDetails {
  readonly cause?: unknown;
  /** What to do about it, one sentence. */
  readonly hint?: string | undefined;
}

/**
 * An `invalid-expression` at an offset of the expression's text.
 *
 * @param offset in UTF-16 units, from 0
 */
export function mistakeAt(
  source: string,
  offset: number,
  message: string,
  { cause, hint }: MistakeDetails = {},
): ComplianceError {
  const before = source.slice(0, offset).split("\n");
  const line = before.length;
  const column = (before.at(-1) ?? "").length + 1;
  return new ComplianceError("invalid-expression", message, {
    location: { line, column },
    ...(cause === undefined ? {} : { cause }),
    ...(hint === undefined ? {} : { hint }),
  });
}

/** What the CEL library found wrong, at the place where it found it. */
export function libraryMistake(source: string, error: unknown, hint?: string): ComplianceError {
  return mistakeAt(source, positionOf(error), summaryOf(error), { cause: error, hint });
}

/** The library's sentence, without its drawing of the place. */
export function summaryOf(error: unknown): string {
  const summary = (error as { summary?: unknown }).summary;
  if (typeof summary === "string") return summary;
  return error instanceof Error ? error.message : String(error);
}

function positionOf(error: unknown): number {
  const found = error as { range?: { start?: number }; node?: { pos?: number } };
  return found.range?.start ?? found.node?.pos ?? 0;
}
