// A catalog file as parsed YAML 1.2 that still knows where each value stands, so that every
// refusal names a line and a column.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { LineCounter, isMap, isNode, isScalar, isSeq, parseDocument, visit } from "yaml";
import type { Document, Node } from "yaml";
import { ComplianceError } from "../model/error.ts";
import { sourceOffset } from "./scalar-position.ts";

/** A catalog file: its path, or its text with the name to show in errors. */
export type FileSource = string | { readonly text: string; readonly file?: string };

/** The way to a value inside a file: keys and positions in lists. */
export type Path = readonly (string | number)[];

/** How a refusal points at its place. */
export interface Pointer {
  /** Point at the last key of the path instead of its value. */
  readonly atKey?: boolean;
  /** Point inside the text value, this many characters from its start. */
  readonly textOffset?: number;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A parsed file. */
export interface YamlFile {
  /** Path or name, as it was given. */
  readonly file: string | undefined;
  /** The content as plain data. */
  readonly value: unknown;
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
  /** Line of a place in the file, from 1; undefined when the file has none. */
  lineOf(path: Path): number | undefined;
  /** An `invalid-catalog` error at a place in the file. */
  refuse(path: Path, reason: string, pointer?: Pointer): ComplianceError;
}

/**
 * Reads and parses a file.
 *
 * @param before leave out this top-level key and all that follows it; the digest is over
 *   everything all the same
 * @throws ComplianceError `unreadable-source` when the path cannot be read, `invalid-catalog`
 *   when the text is no YAML 1.2, holds several documents, or repeats a key
 */
export function parseYamlFile(source: FileSource, before?: string): YamlFile {
  const file = typeof source === "string" ? source : source.file;
  const bytes = typeof source === "string" ? readBytes(source) : Buffer.from(source.text);
  const text = headOf(bytes.toString("utf8"), before);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });

  const refuseAt = (offset: number, reason: string, { hint, cause }: Pointer) => {
    const { line, col } = lines.linePos(offset);
    return new ComplianceError("invalid-catalog", reason, {
      location: { ...(file === undefined ? {} : { file }), line, column: col },
      ...(hint === undefined ? {} : { hint }),
      ...(cause === undefined ? {} : { cause }),
    });
  };
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) {
    throw refuseAt(mistake.pos[0], `no valid YAML: ${mistake.message}`, { cause: mistake });
  }
  return {
    file,
    value: toPlainData(document, (offset, reason, cause) => refuseAt(offset, reason, { cause })),
    digest: createHash("sha256").update(bytes).digest("hex"),
    lineOf: (path) => lines.linePos(offsetOf(document, text, path, {})).line,
    refuse: (path, reason, pointer = {}) =>
      refuseAt(offsetOf(document, text, path, pointer), reason, pointer),
  };
}

/** In block style only a top-level key can stand in a line's first column with a colon behind it. */
function headOf(text: string, before: string | undefined): string {
  const end = before === undefined ? -1 : text.search(new RegExp(`^${before}:`, "m"));
  return end === -1 ? text : text.slice(0, end);
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new ComplianceError("unreadable-source", `expected a readable file at ${path}`, {
      cause,
      hint: "Check the path and the permission to read it.",
    });
  }
}

/** The document's data; an alias to nothing, or too many of them, is a refusal. */
function toPlainData(
  document: Document,
  refuse: (offset: number, reason: string, cause: unknown) => ComplianceError,
): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    let offset = 0;
    visit(document, {
      Alias(_, alias) {
        if (alias.resolve(document) !== undefined) return undefined;
        offset = startOf(alias, 0);
        return visit.BREAK;
      },
    });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refuse(offset, `no valid YAML: ${reason}`, cause);
  }
}

/** Where a place of the path stands in the text; the nearest enclosing one when it is absent. */
function offsetOf(document: Document, text: string, path: Path, pointer: Pointer): number {
  let node: unknown = document.contents;
  let offset = startOf(node, 0);
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === `${step}`);
      if (pair === undefined) return offset;
      const keyOffset = startOf(pair.key, offset);
      if (last && pointer.atKey === true) return keyOffset;
      node = pair.value;
      offset = startOf(node, keyOffset);
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node, offset);
    } else {
      return offset;
    }
  }
  if (pointer.textOffset === undefined || !isScalar(node)) return offset;
  return sourceOffset(node, text, pointer.textOffset);
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? otherwise) : otherwise;
}
