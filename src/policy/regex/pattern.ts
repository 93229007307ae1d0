// Regular expressions without catastrophic backtracking: the documented (Python) dialect,
// translated for the RE2 engine, whose time is linear in the text.

import { RE2JS, RE2JSSyntaxException } from "re2js";
import { translatePattern } from "./translate.ts";
import type { Refusal } from "./refusal.ts";

/** A pattern that can be searched in texts. */
export interface CompiledPattern {
  /**
   * Whether the pattern is found anywhere in the text; undefined when it hangs on a word
   * boundary beside letters or digits that are not ASCII.
   */
  readonly test: (text: string) => boolean | undefined;
}

/** A compiled pattern, or why there is none. */
export type PatternResult =
  | (CompiledPattern & { readonly refusal?: undefined; readonly hint?: undefined })
  | (Refusal & { readonly test?: undefined });

/**
 * Compiles a pattern of the documented dialect. Refused are patterns that are invalid, and
 * constructs that no linear engine has: look-ahead, look-behind, backreferences, conditional
 * and atomic groups, possessive quantifiers; and `\b` and `\B` beside letters that are not
 * ASCII, since the engine knows the boundaries of ASCII words only.
 */
export function compilePattern(pattern: string): PatternResult {
  const translated = translatePattern(pattern);
  if (translated.refusal !== undefined) return translated;
  try {
    const compiled = RE2JS.compile(translated.source);
    const test = (text: string) => compiled.test(text);
    return { test: translated.hasBoundary ? besideAnyScript(test) : test };
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) {
      return { refusal: `it is not valid: ${reasonOf(error.message)}` };
    }
    return { refusal: "the engine cannot compile it" };
  }
}

/** Asks twice, with other letters and digits as they are and as ASCII ones; if it matters, it is in doubt. */
function besideAnyScript(test: (text: string) => boolean): CompiledPattern["test"] {
  return (text) => {
    const found = test(text);
    if (!/[^\0-\x7f]/u.test(text)) return found;
    const ascii = text.replaceAll(/[^\P{L}\0-\x7f]/gu, "x").replaceAll(/[^\P{N}\0-\x7f]/gu, "0");
    return test(ascii) === found ? found : undefined;
  };
}

/** The engine's reason, without the translated pattern that the author never wrote. */
function reasonOf(message: string): string {
  return message.replace(/^error parsing regexp: /u, "").replace(/: `[^]*`$/u, "");
}
