// A JavaScript value as a tree. It is copied, so that a later change of the value does not
// change the policy.

import { quote } from "../quote.ts";
import type { Mistake } from "../mistakes.ts";
import type { MapEntry, Tree } from "./tree.ts";
import { pathBelow, placeOf } from "./tree.ts";

const MOST_LEVELS = 64;

/**
 * The value as a tree. Members that are undefined are left out. What JSON cannot say (other
 * objects than plain ones, functions, NaN, a value that contains itself) is a mistake.
 */
export function treeFromValue(value: unknown, mistakes: Mistake[], path = "", level = 0): Tree {
  const base = { path, location: undefined };
  if (level > MOST_LEVELS) {
    mistakes.push({ message: `${path}: expected at most ${MOST_LEVELS} levels, came more` });
    return { ...base, kind: "scalar", value: null };
  }
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return { ...base, kind: "scalar", value };
  }
  if (typeof value === "number" && Number.isFinite(value))
    return { ...base, kind: "scalar", value };
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) =>
      treeFromValue(item, mistakes, pathBelow(path, index), level + 1),
    );
    return { ...base, kind: "list", items };
  }
  if (isPlainObject(value)) {
    const entries = new Map<string, MapEntry>();
    for (const [key, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const below = treeFromValue(member, mistakes, pathBelow(path, key), level + 1);
      entries.set(key, { location: undefined, value: below });
    }
    return { ...base, kind: "map", entries };
  }
  mistakes.push({
    message: `${placeOf(path)}: expected a value that JSON can say, came ${describeValue(value)}`,
  });
  return { ...base, kind: "scalar", value: null };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describeValue(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null) return typeof value;
  return `an object of class ${quote(value.constructor.name)}`;
}
