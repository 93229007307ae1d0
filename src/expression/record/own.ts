// Reading from maps and lists. Only what a value has itself counts: `constructor` or `__proto__`
// of a record is its data, or nothing.

import { isNothing } from "./values.ts";

/** Reads something of a value; undefined when the value has no such thing. */
export type Read = (value: unknown) => unknown;

/** What an array has besides its items. */
const LENGTH = "length";
const POSITION = /^\d+$/;

/** The member of a map with a name that is known beforehand. */
export function memberReader(name: string): Read {
  if (name === LENGTH || POSITION.test(name)) return (value) => memberOf(value, name);
  // An array has no own member of another name, so it need not be told apart. What is not there
  // at all is not asked twice: most fields of a log are absent.
  return (value) => {
    if (typeof value !== "object" || value === null) return undefined;
    const found = (value as Record<string, unknown>)[name];
    return found !== undefined && Object.hasOwn(value, name) ? found : undefined;
  };
}

/** The member of a map. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** The item of a list; from -1, the last, backwards. */
export function itemOf(value: unknown, position: number): unknown {
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  return list[position < 0 ? list.length + position : position];
}

/** `value[index]`: a member of a map by text, an item of a list by whole number. */
export function elementOf(value: unknown, index: unknown): unknown {
  if (typeof index === "string") return memberOf(value, index);
  if (typeof index === "number" && Number.isInteger(index)) return itemOf(value, index);
  return undefined;
}

/** Adds a member as data, whatever its name; one that is there already is replaced. */
export function setMember(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") {
    map[name] = value;
    return;
  }
  Object.defineProperty(map, name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** A value inside a list or map, where JSON has no absence. */
export function orNull(value: unknown): unknown {
  return isNothing(value) ? null : value;
}
