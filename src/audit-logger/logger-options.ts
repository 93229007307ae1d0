// What the options of every logger have in common.

import { ComplianceError } from "../model/error.ts";
import { formatInstant, parseInstant, type Instant } from "../model/instant.ts";
import type { RedactionOptions } from "./redaction.ts";

/** The system's clock in microseconds; it has milliseconds. */
export function systemClock(): Instant {
  return Date.now() * 1000;
}

/**
 * The time by a clock.
 *
 * @throws ComplianceError `invalid-option` when it is none that the log can hold
 */
export function timeBy(clock: () => Instant): Instant {
  const now = clock();
  if (Number.isSafeInteger(now) && parseInstant(formatInstant(now)) === now) return now;
  throw invalidOption(
    `Expected clock to give microseconds since 1970, between the years 1900 and 2199, got ${String(now)}`,
  );
}

/**
 * @param known names of the options that there are
 * @throws ComplianceError `invalid-option` for another option, or another of `redact`
 */
export function requireKnown(
  options: { readonly redact?: RedactionOptions | undefined },
  known: readonly string[],
): void {
  for (const [place, given, names] of [
    ["option", options, known],
    ["option of redact", options.redact ?? {}, REDACTION_NAMES],
  ] as const) {
    const unknown = Object.keys(given).find((name) => !names.includes(name));
    if (unknown === undefined) continue;
    throw invalidOption(
      `Expected an ${place} of ${names.join(", ")}, got ${JSON.stringify(unknown)}`,
    );
  }
}

/** The error for an option that does not exist or has a wrong value. */
export function invalidOption(message: string): ComplianceError {
  return new ComplianceError("invalid-option", message);
}

const REDACTION_NAMES: readonly string[] = [
  "keys",
  "personalData",
] satisfies readonly (keyof RedactionOptions)[];
