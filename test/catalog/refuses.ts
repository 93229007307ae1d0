// Tables of broken files: each must be refused at its mark, with its reason.

import { expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { marked } from "./written.ts";

export interface Refusal {
  readonly name: string;
  readonly text: string;
  readonly reason: RegExp;
  readonly hint?: RegExp;
}

/** The mark § stands where the mistake must be reported. */
export function refuses(
  file: string,
  load: (text: string) => unknown,
  rows: readonly Refusal[],
): void {
  test.each(rows)("$name", ({ text, reason, hint }) => {
    const place = marked(text);
    const error = thrownBy(() => load(place.text));
    expect(error).toBeInstanceOf(ComplianceError);
    const { code, location, message, hint: given } = error as ComplianceError;
    expect({ code, location, message }).toEqual({
      code: "invalid-catalog",
      location: { file, line: place.line, column: place.column },
      message: expect.stringMatching(reason),
    });
    expect(message.startsWith(`${file}:${place.line}:${place.column}: `)).toBe(true);
    expect(given ?? "").toMatch(hint ?? /(?:)/);
  });
}

/** What a call throws; undefined when nothing. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}
