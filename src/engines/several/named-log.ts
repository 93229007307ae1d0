// Several logs by their names: what makes a name one, and how a pointer tells of which log it is.

import type { AuditEntry } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import { POSITIONS_OF_A_LOG } from "../part.ts";
import type { PartEngine } from "../part.ts";

/** One of several logs. */
export interface NamedLog {
  /** How pointers, inputs and errors call it. */
  readonly name: string;
  readonly engine: PartEngine;
}

/** So many logs at most: each has its own positions, and all are exact. */
export const MOST_LOGS = 4096;

/** Where the positions of a log begin. */
export function baseOf(at: number): number {
  return at * POSITIONS_OF_A_LOG;
}

/**
 * Whether the names tell the logs apart, also before an id: with logs called `a` and `a:b`,
 * `a:b:1` could be an entry of either.
 *
 * @throws ComplianceError `invalid-option` otherwise
 */
export function checkNames(names: readonly string[]): void {
  if (names.length === 0 || names.length > MOST_LOGS) {
    throw new ComplianceError(
      "invalid-option",
      `expected 1 to ${MOST_LOGS} logs to read as one, got ${names.length}`,
    );
  }
  const known = new Set<string>();
  for (const name of names) {
    if (name === "" || known.has(name)) {
      throw new ComplianceError(
        "invalid-option",
        `expected a name of its own for each log, got ${JSON.stringify(name)}${name === "" ? "" : " twice"}`,
      );
    }
    known.add(name);
  }
  for (const name of names) {
    for (let end = name.indexOf(":"); end > 0; end = name.indexOf(":", end + 1)) {
      if (!known.has(name.slice(0, end))) continue;
      throw new ComplianceError(
        "invalid-option",
        `expected names of logs that can be told apart before an id, got ${JSON.stringify(name.slice(0, end))} and ${JSON.stringify(name)}`,
        { hint: "Give one of them another name." },
      );
    }
  }
}

/** An entry whose source tells the log. */
export function withSource(name: string, entry: AuditEntry): AuditEntry {
  const { id, source } = entry;
  if (source !== undefined) return { ...entry, source: sourceIn(name, source) };
  const isKnown = id !== undefined && id !== null && id !== "";
  return { ...entry, source: isKnown ? `${name}:${String(id)}` : name };
}

/** A place as its log writes it, behind the log's name unless it begins with it already. */
export function sourceIn(name: string, source: string): string {
  const isBegun =
    source === name ||
    source.startsWith(`${name}:`) ||
    source.startsWith(name.endsWith("/") ? name : `${name}/`);
  return isBegun ? source : `${name}:${source}`;
}

/** An input of a log: called like the log where it is the file that the log is named by. */
export function inputIn(name: string, input: string): string {
  return name.endsWith(`/${input}`) ? name : sourceIn(name, input);
}
