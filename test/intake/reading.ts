// Runs logs that are written in a test through the intake, and keeps what comes out.

import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { RejectedRecord } from "../../src/model/intake.ts";
import type { Mapping } from "../../src/model/mapping.ts";
import type { LogFile, LogFormat } from "../../src/sources/source.ts";
import { runIntake } from "../../src/intake/intake.ts";
import type { IntakeOptions, IntakeResult } from "../../src/intake/intake.ts";
import type { IntakeSink, Origin } from "../../src/intake/sink.ts";

export interface Kept {
  readonly entries: AuditEntry[];
  readonly origins: Origin[];
  readonly duplicates: { readonly origin: Origin; readonly differing: boolean }[];
  readonly refused: RejectedRecord[];
  /** Everything in the order in which it came: `entry`, `duplicate`, `refused`. */
  readonly order: string[];
}

export function keeping(): { readonly kept: Kept; readonly sink: IntakeSink } {
  const kept: Kept = { entries: [], origins: [], duplicates: [], refused: [], order: [] };
  return {
    kept,
    sink: {
      accept(values, origin) {
        kept.entries.push(entryOf(values));
        kept.origins.push(copy(origin));
        kept.order.push("entry");
      },
      duplicate(origin, differing) {
        kept.duplicates.push({ origin: copy(origin), differing });
        kept.order.push("duplicate");
      },
      refuse(record) {
        kept.refused.push({ ...record, bytes: new Uint8Array(record.bytes) });
        kept.order.push("refused");
      },
    },
  };
}

function copy(origin: Origin): Origin {
  return { ...origin, bytes: copyOf(origin.bytes) };
}

/** Bytes of a document, cut so that one with many actions does not fill the memory. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.subarray(0, 1000));
}

/** The fields that are there, null included. */
function entryOf(values: readonly unknown[]): AuditEntry {
  return Object.fromEntries(
    ENTRY_FIELD_NAMES.flatMap((field, index) =>
      values[index] === undefined ? [] : [[field, values[index]] as const],
    ),
  );
}

/** A log in memory that can be read any number of times. */
export function textFile(
  text: string | Uint8Array,
  format: LogFormat = "jsonl",
  name = `log.${format}`,
): LogFile {
  const bytes = typeof text === "string" ? Buffer.from(text) : Buffer.from(text);
  return {
    path: name,
    name,
    format,
    packing: "none",
    stream: {
      async *open() {
        if (bytes.length > 0) yield bytes;
      },
    },
  };
}

/** Documents as JSON Lines. */
export function jsonLines(documents: readonly unknown[]): string {
  return documents.map((document) => `${JSON.stringify(document)}\n`).join("");
}

/** Reads documents, or text, by a mapping; several logs are read one after the other. */
export async function read(
  mapping: Mapping,
  logs: readonly (readonly unknown[] | string)[],
  options: IntakeOptions = {},
): Promise<Kept & { readonly result: IntakeResult }> {
  const { kept, sink } = keeping();
  const inputs = logs.map((log, index) => ({
    file: textFile(typeof log === "string" ? log : jsonLines(log), "jsonl", `log-${index}.jsonl`),
    mapping,
  }));
  const result = await runIntake({ inputs }, sink, options);
  return { ...kept, result };
}
