// YAML text as a tree (YAML 1.2, core schema, one document). Anchors, aliases and `<<` work;
// what two versions of YAML read differently is marked.

import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, YAMLMap } from "yaml";
import type { SourceLocation } from "../../model/error.ts";
import type { Mistake } from "../mistakes.ts";
import { quote } from "../quote.ts";
import type { MapEntry, MapTree, ScalarTree, Tree } from "./tree.ts";
import { pathBelow, placeOf } from "./tree.ts";
import { readOtherwise } from "./yaml-dialect.ts";

const MOST_LEVELS = 64;
/** Aliases repeat what they point to; a small file must not become a huge policy. */
const MOST_VALUES = 200_000;

interface Reading {
  readonly document: Document;
  readonly locate: (node: unknown) => SourceLocation | undefined;
  readonly mistakes: Mistake[];
  left: number;
}

/** The text as a tree; undefined when it holds no document, or is no YAML (then `mistakes` says why). */
export function treeFromYaml(
  text: string,
  file: string | undefined,
  mistakes: Mistake[],
): Tree | undefined {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false });
  const at = (offset: number): SourceLocation => {
    const { line, col } = lineCounter.linePos(offset);
    return { ...(file === undefined ? {} : { file }), line, column: col };
  };
  const version = document.directives?.yaml.version;
  if (version !== undefined && version !== "1.2") {
    mistakes.push({
      message: `expected YAML 1.2, came a %YAML ${version} directive`,
      location: at(0),
    });
  }
  for (const problem of [...document.errors, ...document.warnings]) {
    const message =
      problem.code === "MULTIPLE_DOCS"
        ? "expected one YAML document, came several"
        : `expected YAML, but: ${problem.message}`;
    mistakes.push({ message, location: at(problem.pos[0]) });
  }
  if (mistakes.length > 0 || document.contents === null) return undefined;
  const locate = (node: unknown) => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    return range?.[0] === undefined ? undefined : at(range[0]);
  };
  const reading: Reading = { document, locate, mistakes, left: MOST_VALUES };
  return convert(reading, document.contents, "", undefined, 0);
}

function convert(
  reading: Reading,
  node: unknown,
  path: string,
  keyLocation: SourceLocation | undefined,
  level: number,
): Tree {
  const location = reading.locate(node) ?? keyLocation;
  const nothing: ScalarTree = { kind: "scalar", value: null, path, location };
  reading.left -= 1;
  if (level > MOST_LEVELS || reading.left < 0) {
    if (level > MOST_LEVELS || reading.left === -1) {
      const message = `expected at most ${MOST_LEVELS} levels and ${MOST_VALUES} values, came more`;
      reading.mistakes.push({ message, ...(location && { location }) });
    }
    return nothing;
  }
  if (isAlias(node)) {
    const anchored = node.resolve(reading.document);
    if (anchored !== undefined) return convert(reading, anchored, path, location, level + 1);
    reading.mistakes.push({
      message: `${placeOf(path)}: expected an anchor of this name before, but ${quote(`*${node.source}`)} has none`,
      ...(location && { location }),
    });
    return nothing;
  }
  if (isScalar(node)) return scalarTree(reading, node, nothing);
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      convert(reading, item, pathBelow(path, index), location, level + 1),
    );
    return { kind: "list", items, path, location };
  }
  if (isMap(node)) return mapTree(reading, node, path, location, level);
  return nothing;
}

function scalarTree(
  reading: Reading,
  node: { readonly value: unknown; readonly type?: string; readonly source?: string },
  nothing: ScalarTree,
): ScalarTree {
  const { value } = node;
  const otherwise =
    node.type === "PLAIN" && node.source !== undefined ? readOtherwise(node.source) : undefined;
  const marked = otherwise === undefined ? nothing : { ...nothing, otherwise };
  if (value === null || typeof value === "boolean" || typeof value === "string") {
    return { ...marked, value };
  }
  if (typeof value === "number" && Number.isFinite(value)) return { ...marked, value };
  reading.mistakes.push({
    message: `${nothing.path}: expected text, a finite number, true, false or nothing, came ${quote(node.source ?? typeof value)}`,
    ...(nothing.location && { location: nothing.location }),
  });
  return nothing;
}

function mapTree(
  reading: Reading,
  node: YAMLMap,
  path: string,
  location: SourceLocation | undefined,
  level: number,
): MapTree {
  const own = new Map<string, MapEntry>();
  const merged = new Map<string, MapEntry>();
  for (const pair of node.items) {
    const keyLocation = reading.locate(pair.key) ?? location;
    const key = isScalar(pair.key) ? pair.key.value : undefined;
    if (isScalar(pair.key) && key === "<<" && pair.key.type === "PLAIN") {
      const value = convert(reading, pair.value, path, keyLocation, level + 1);
      mergeEntries(reading, value, merged);
      continue;
    }
    if (typeof key !== "string") {
      reading.mistakes.push({
        message: `${placeOf(path)}: expected keys that are text, came another one`,
        hint: "Put the key in quotes.",
        ...(keyLocation && { location: keyLocation }),
      });
      if (key === undefined) continue;
    }
    const name = typeof key === "string" ? key : JSON.stringify(key);
    const below = pathBelow(path, name);
    if (own.has(name)) {
      const first = own.get(name)?.location?.line;
      reading.mistakes.push({
        message: `${below}: expected each key once, but ${quote(name)} stands twice in this mapping`,
        hint: `The first one is in line ${first}; remove one of the two.`,
        ...(keyLocation && { location: keyLocation }),
      });
      continue;
    }
    const value = convert(reading, pair.value, below, keyLocation, level + 1);
    own.set(name, { location: keyLocation, value });
  }
  return { kind: "map", entries: new Map([...merged, ...own]), path, location };
}

/** `<<` takes one mapping or a list of them; the earlier one wins. */
function mergeEntries(reading: Reading, source: Tree, into: Map<string, MapEntry>): void {
  for (const tree of source.kind === "list" ? source.items : [source]) {
    if (tree.kind !== "map") {
      reading.mistakes.push({
        message: `${placeOf(source.path)}: expected a mapping after "<<", or a list of mappings, came another value`,
        ...(tree.location && { location: tree.location }),
      });
      continue;
    }
    for (const [key, entry] of tree.entries) if (!into.has(key)) into.set(key, entry);
  }
}
