// The texts of what was asked, so that somebody else can ask it again.

import { createHash } from "node:crypto";
import type { ComplianceReport } from "../model/report.ts";
import type { CsvLine } from "./line.ts";
import type { Spool } from "./spool.ts";

/** One file that a report rests on: a framework, a measure, or the definitions they share. */
export interface DefinitionFile {
  readonly kind: "framework" | "measure" | "definitions";
  readonly id: string;
  readonly bytes: Uint8Array;
}

const FOLDERS = { framework: "frameworks/", measure: "measures/", definitions: "" } as const;

/**
 * Writes those whose bytes are the ones that the reports name by their digest, and an index of
 * all that the reports name.
 *
 * @returns whether any text was written
 */
export function writeDefinitions(
  reports: readonly ComplianceReport[],
  files: readonly DefinitionFile[],
  spool: Spool,
  csvLine: CsvLine,
): boolean {
  const byDigest = new Map(files.map((file) => [key(file.kind, file.id, digestOf(file)), file]));
  const rows = new Map<string, readonly string[]>();
  let written = false;
  for (const { kind, id, sha256 } of reports.flatMap(namedIn)) {
    const name = key(kind, id, sha256);
    if (rows.has(name)) continue;
    const file = byDigest.get(name);
    const path = file === undefined ? "" : `definitions/${FOLDERS[kind]}${id}.yaml`;
    if (file !== undefined) {
      spool.write(path, file.bytes);
      written = true;
    }
    rows.set(name, [kind, id, sha256, path]);
  }
  const sorted = [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const index = [["kind", "id", "sha256", "file"], ...sorted].map((row) => csvLine(row));
  spool.write("definitions/index.csv", index.join(""));
  return written;
}

interface Named {
  readonly kind: DefinitionFile["kind"];
  readonly id: string;
  readonly sha256: string;
}

function namedIn(report: ComplianceReport): readonly Named[] {
  const { framework, measureDigests, definitionsDigest } = report;
  return [
    { kind: "framework", id: framework.id, sha256: framework.digest },
    { kind: "definitions", id: "definitions", sha256: definitionsDigest },
    ...Object.entries(measureDigests).map(([id, sha256]): Named => ({
      kind: "measure",
      id,
      sha256,
    })),
  ];
}

function key(kind: string, id: string, sha256: string): string {
  return `${kind} ${id} ${sha256}`;
}

function digestOf({ bytes }: DefinitionFile): string {
  return createHash("sha256").update(bytes).digest("hex");
}
