// Readers of option values. Commander names the option and the value in front of what they
// throw.

import { InvalidArgumentError } from "commander";

/** For an option that may be repeated: the value added to those before it. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** For an option that may be repeated and takes lists: `soc2,gdpr`. */
export function listed(value: string, before: readonly string[] | undefined): readonly string[] {
  const names = value.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("Expected names between the commas.");
  return [...(before ?? []), ...names];
}

/** For a filter that may be repeated, takes lists, and takes '' for entries without the field. */
export function listedOrEmpty(
  value: string,
  before: readonly string[] | undefined,
): readonly string[] {
  return value === "" ? repeated(value, before) : listed(value, before);
}

/** A score from 0 to 100. */
export function score(value: string): number {
  const number = /^\d{1,3}(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 0 && number <= 100) return number;
  throw new InvalidArgumentError("Expected a number from 0 to 100.");
}

/** A whole number from 1. */
export function wholeNumber(value: string): number {
  if (/^[1-9]\d{0,14}$/.test(value)) return Number(value);
  throw new InvalidArgumentError("Expected a whole number from 1.");
}

/** A number of threads, from 1 to 64. */
export function threads(value: string): number {
  const number = /^\d{1,2}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= 64) return number;
  throw new InvalidArgumentError("Expected a whole number from 1 to 64.");
}

/** A reason in words, for what has to be accounted for. */
export function reason(value: string): string {
  const words = value.trim();
  if (words !== "" && words.length <= 500) return words;
  throw new InvalidArgumentError("Expected a reason of at most 500 characters.");
}
