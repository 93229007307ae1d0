// Reads bytes through the sources and puts the items into a form that can be compared.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { TableDecoder } from "../../src/sources/csv.ts";
import type { RecordDecoder } from "../../src/sources/decoding/decode-file.ts";
import { JsonLinesDecoder } from "../../src/sources/json-lines.ts";
import { JsonDecoder } from "../../src/sources/json.ts";
import type { LogFile, LogFormat, SourceItem, SourceOptions } from "../../src/sources/source.ts";
import { openSource } from "../../src/sources/input/open-source.ts";

export type TextFormat = Exclude<LogFormat, "parquet" | "sqlite">;

export function decoderOf(format: TextFormat, options: SourceOptions = {}): RecordDecoder {
  if (format === "jsonl") return new JsonLinesDecoder(options);
  if (format === "json") return new JsonDecoder(options);
  return new TableDecoder(format === "tsv" ? "\t" : ",", options);
}

/** What is compared of an item; the bytes as Latin-1, so that any byte shows. */
export interface Seen {
  readonly line: number;
  readonly bytes: string;
  readonly length: number;
  readonly value?: unknown;
  readonly unsafe?: number;
  readonly reason?: string;
  readonly message?: string;
}

export function seen(item: SourceItem): Seen {
  const bytes = Buffer.from(item.bytes).toString("latin1");
  const base = { line: item.line, bytes };
  if (item.reason !== undefined) {
    return { ...base, length: item.length, reason: item.reason, message: item.message };
  }
  return { ...base, length: bytes.length, value: item.value, unsafe: item.unsafeIntegers };
}

/** Decodes bytes that come in chunks of the given size; each chunk is wiped when the next comes. */
export function decode(
  format: TextFormat,
  input: string | Buffer,
  options: SourceOptions = {},
  chunkSize = Infinity,
  damaged = false,
): Seen[] {
  const decoder = decoderOf(format, options);
  const bytes = Buffer.from(input);
  const items: Seen[] = [];
  for (let at = 0; at < bytes.length && !decoder.done;) {
    const chunk = Buffer.from(bytes.subarray(at, at + Math.min(chunkSize, bytes.length)));
    at += chunk.length;
    for (const batch of decoder.push(chunk)) items.push(...batch.map(seen));
    chunk.fill(0x21);
  }
  for (const batch of decoder.end(damaged)) items.push(...batch.map(seen));
  return items;
}

/** The values of the documents and, in their places, the reasons of the refusals. */
export function outline(items: readonly Seen[]): unknown[] {
  return items.map((item) => item.reason ?? item.value);
}

/** A folder that is deleted when the tests of the file have run. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a file and describes it. */
export function writeLog(
  folder: string,
  name: string,
  bytes: string | Uint8Array,
  kind: Partial<LogFile> = {},
): LogFile {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, name, format: "jsonl", packing: "none", ...kind };
}

/** All items of a file. */
export async function readAll(file: LogFile, options: SourceOptions = {}): Promise<Seen[]> {
  const items: Seen[] = [];
  for await (const batch of openSource(file, options)) items.push(...batch.map(seen));
  return items;
}
