// What kind of file a log is: by its first bytes, and by its name where they leave it open.

import type { LogFormat, LogPacking } from "../source.ts";

/** How much of a file's beginning is looked at. */
export const LOOKED_AT_BYTES = 1 << 16;

/** The packing, by the magic number; a name says nothing about it. */
export function packingOf(head: Uint8Array): LogPacking {
  if (begins(head, [0x1f, 0x8b])) return "gzip";
  if (begins(head, [0x28, 0xb5, 0x2f, 0xfd])) return "zstd";
  const skippable =
    ((head[0] ?? 0) & 0xf0) === 0x50 && begins(head.subarray(1), [0x2a, 0x4d, 0x18]);
  return skippable ? "zstd" : "none";
}

/**
 * The kind of an unpacked file, or undefined when it is none that can be read.
 *
 * @param name file name; endings of packings are passed over
 * @param head its first bytes, at most {@link LOOKED_AT_BYTES}
 * @param whole whether that is all of it
 */
export function formatOf(name: string, head: Buffer, whole: boolean): LogFormat | undefined {
  if (begins(head, PARQUET)) return "parquet";
  if (begins(head, SQLITE)) return "sqlite";
  const named = formatByName(name);
  if (named !== undefined && named !== "json") return isText(named) ? named : undefined;
  const text = head
    .toString("utf8")
    .replace(/^\ufeff/, "")
    .trimStart();
  if (text === "") return named ?? "jsonl";
  if (text.startsWith("{")) return isLines(text, whole) ? "jsonl" : "json";
  if (text.startsWith("[") || named === "json") return "json";
  return tableFormat(text, whole);
}

/** The kind that an ending stands for, or undefined when it says nothing. */
export function formatByName(name: string): LogFormat | undefined {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase().replace(/\.(?:gz|gzip|zst|zstd)$/, ""))?.[1];
  return ENDINGS.get(ending ?? "");
}

const PARQUET = [...Buffer.from("PAR1")];
const SQLITE = [...Buffer.from("SQLite format 3\0")];

const ENDINGS: ReadonlyMap<string, LogFormat> = new Map([
  ["jsonl", "jsonl"],
  ["ndjson", "jsonl"],
  ["jsonlines", "jsonl"],
  ["json", "json"],
  ["csv", "csv"],
  ["tsv", "tsv"],
  ["tab", "tsv"],
  ["parquet", "parquet"],
  ["db", "sqlite"],
  ["sqlite", "sqlite"],
  ["sqlite3", "sqlite"],
]);

function begins(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Of the kinds that are no text, the first bytes decide. */
function isText(format: LogFormat): boolean {
  return format !== "parquet" && format !== "sqlite";
}

/** Whether the first line is a value of its own, and another one follows. */
function isLines(text: string, whole: boolean): boolean {
  const [first = "", ...others] = text.split("\n");
  const next = others.find((line) => line.trim() !== "");
  if (next === undefined || (others.length === 0 && !whole)) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

/** A table has a delimiter in its first line, and as often in the second. */
function tableFormat(text: string, whole: boolean): LogFormat | undefined {
  const lines = text.split(/\r?\n/);
  if (!whole) lines.pop();
  const [first = "", second] = lines;
  const fits = ([, delimiter]: readonly [LogFormat, string]): boolean => {
    const cells = countDelimiters(first, delimiter);
    return cells > 0 && second !== undefined && cells === countDelimiters(second, delimiter);
  };
  return TABLES.find(fits)?.[0];
}

const TABLES = [
  ["tsv", "\t"],
  ["csv", ","],
] as const;

function countDelimiters(line: string, delimiter: string): number {
  return line.replaceAll(/"[^"]*"/g, "").split(delimiter).length - 1;
}
