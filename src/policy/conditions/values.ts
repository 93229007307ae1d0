// Equality and order of parameter values, as in the documented format: numbers and booleans
// compare by value (true is 1), text by code point, lists member by member.

import type { PlainValue } from "../tree/tree.ts";
import type { Answer } from "./condition.ts";

/**
 * Whether a parameter equals a value: lists and mappings deeply, numbers and booleans by
 * value. Different types are unequal. Undefined when the parameter is nothing that JSON knows.
 */
export function isEqual(value: unknown, limit: PlainValue): Answer {
  const left = asNumber(value);
  const right = asNumber(limit);
  if (left !== undefined || right !== undefined) {
    if (left !== undefined && right !== undefined) return orderOf(left, right) === 0;
    return isJson(value) ? false : undefined;
  }
  if (value === null || typeof value === "string") return value === limit;
  if (Array.isArray(value)) return isListEqual(value, limit);
  if (typeof value !== "object" || !isJson(value)) return undefined;
  if (!isMapping(limit)) return false;
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(limit);
  if (keys.length !== Object.keys(members).length) return false;
  return every(keys, (key) =>
    Object.hasOwn(members, key) ? isEqual(members[key], limit[key] ?? null) : false,
  );
}

function isListEqual(value: readonly unknown[], limit: PlainValue): Answer {
  if (!isList(limit) || limit.length !== value.length) return false;
  return every(limit, (member, index) => isEqual(value[index], member));
}

/** False when one is false, undefined when none is but one could not tell. */
function every<T>(items: readonly T[], holds: (item: T, index: number) => Answer): Answer {
  let answer: Answer = true;
  for (const [index, item] of items.entries()) {
    const one = holds(item, index);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

/**
 * Negative, 0 or positive when a parameter lies below, at or above a limit; undefined when
 * the two have no order: number and text, anything with a mapping, NaN.
 */
export function compareValues(value: unknown, limit: PlainValue): number | undefined {
  const left = asNumber(value);
  const right = asNumber(limit);
  if (left !== undefined && right !== undefined) return orderOf(left, right);
  if (typeof value === "string" && typeof limit === "string") return compareText(value, limit);
  if (Array.isArray(value) && isList(limit)) {
    for (let index = 0; index < Math.min(value.length, limit.length); index += 1) {
      const member = limit[index] ?? null;
      const equal = isEqual(value[index], member);
      if (equal !== true) {
        return equal === undefined ? undefined : compareValues(value[index], member);
      }
    }
    return value.length - limit.length;
  }
  return undefined;
}

/** Undefined beside NaN. A bigint and a number are compared by value. */
function orderOf(a: number | bigint, b: number | bigint): number | undefined {
  if (a < b) return -1;
  if (a > b) return 1;
  return Number.isNaN(a) || Number.isNaN(b) ? undefined : 0;
}

/** Order by code point; differs from that of `<` where surrogates meet U+E000 to U+FFFF. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left !== right) {
      const leftHigh = left >= 0xd800 && left <= 0xdfff;
      const rightHigh = right >= 0xd800 && right <= 0xdfff;
      if (leftHigh !== rightHigh) return leftHigh ? 1 : -1;
      return left - right;
    }
  }
  return a.length - b.length;
}

function asNumber(value: unknown): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  return typeof value === "boolean" ? Number(value) : undefined;
}

/** Whether a value is of a type that JSON knows; what it contains is not looked at. */
export function isJson(value: unknown): boolean {
  if (value === null || ["string", "number", "bigint", "boolean"].includes(typeof value))
    return true;
  if (typeof value !== "object") return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function isMapping(value: PlainValue): value is { readonly [key: string]: PlainValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
