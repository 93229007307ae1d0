// A policy before it is checked: plain values, each of which knows where it stands. YAML and
// JavaScript values become the same tree, so that one reader checks both.

import type { SourceLocation } from "../../model/error.ts";
import { quote } from "../quote.ts";

interface TreeBase {
  /** For messages, as in `rules[2].conditions.time_after`; empty at the top. */
  readonly path: string;
  /** Absent when the policy was no file. */
  readonly location: SourceLocation | undefined;
}

export interface ScalarTree extends TreeBase {
  readonly kind: "scalar";
  readonly value: null | boolean | number | string;
  /** What YAML 1.1 would read instead, where that differs. */
  readonly otherwise?: string;
}

export interface ListTree extends TreeBase {
  readonly kind: "list";
  readonly items: readonly Tree[];
}

export interface MapTree extends TreeBase {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface MapEntry {
  /** Of the key. */
  readonly location: SourceLocation | undefined;
  readonly value: Tree;
}

export type Tree = ScalarTree | ListTree | MapTree;

/** A checked value as JSON knows it. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** The tree's value, frozen and without positions. */
export function plainValue(tree: Tree): PlainValue {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return Object.freeze(tree.items.map((item) => plainValue(item)));
  return Object.freeze(
    Object.fromEntries([...tree.entries].map(([key, entry]) => [key, plainValue(entry.value)])),
  );
}

/** What stands there, for messages: `the text "x"`, `a list`, `nothing`. */
export function describeTree(tree: Tree): string {
  if (tree.kind === "list") return tree.items.length === 0 ? "an empty list" : "a list";
  if (tree.kind === "map") return tree.entries.size === 0 ? "an empty mapping" : "a mapping";
  if (tree.value === null) return "nothing (null)";
  if (typeof tree.value === "string") return `the text ${quote(tree.value)}`;
  return typeof tree.value === "number" ? `the number ${tree.value}` : `${tree.value}`;
}

/** A path as messages name it; the top is "the policy". */
export function placeOf(path: string): string {
  return path === "" ? "the policy" : path;
}

/** The path of a key or position below a path. */
export function pathBelow(path: string, step: string | number): string {
  if (typeof step === "number") return `${path}[${step}]`;
  const name = /^[\w-]{1,60}$/u.test(step) ? step : quote(step);
  return path === "" ? name : `${path}.${name}`;
}

/** The canonical JSON (RFC 8785) of a tree. Numbers are finite. */
export function canonicalJson(tree: Tree): string {
  if (tree.kind === "scalar") return JSON.stringify(tree.value);
  if (tree.kind === "list") return `[${tree.items.map((item) => canonicalJson(item)).join(",")}]`;
  const members = [...tree.entries]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry.value)}`);
  return `{${members.join(",")}}`;
}
