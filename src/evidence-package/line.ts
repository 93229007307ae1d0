// One line of a file: JSON for programs, CSV for spreadsheets. What a log holds stays what it is
// in both and acts in neither.

import type { Language } from "../languages/language.ts";
import { csvText } from "../renderers/csv/write-csv.ts";

/** Anything but plain printable characters; most lines have nothing else. */
const UNUSUAL = /[^ -~]/;

/** Without a shape of their own, or able to turn the text around. Outside of strings JSON has none. */
const INVISIBLE = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** A value as JSON on one line; whole numbers beyond 2^53 as text, bytes as hex. */
export function jsonLine(value: unknown): string {
  const json = JSON.stringify(value, plain);
  return `${UNUSUAL.test(json) ? escaped(json) : json}\n`;
}

/** A value as indented JSON. */
export function jsonDocument(value: unknown): string {
  const lines = JSON.stringify(value, plain, 2).split("\n");
  return lines.map((line) => `${escaped(line)}\n`).join("");
}

/** Text of ours or of a log on a line of its own, with such characters as `\u001b`. */
export function shownText(text: string, most = 300): string {
  const characters = Array.from(text);
  return escaped(characters.length > most ? `${characters.slice(0, most).join("")}…` : text);
}

function escaped(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
}

/** Writes rows of CSV (RFC 4180). */
export type CsvLine = (cells: readonly unknown[]) => string;

/**
 * Rows as the renderers write theirs: nothing invisible, no formula, no more than a cell takes.
 * Structured values stand as JSON, unrecorded ones as nothing.
 */
export function csvLines({ sheets }: Language): CsvLine {
  const { sheets: words } = sheets;
  const cell = (value: unknown): string => {
    if (value === undefined || value === null) return "";
    if (typeof value === "number" || typeof value === "bigint") return String(value);
    const text = typeof value === "string" ? value : jsonLine(value).trimEnd();
    if (HARMLESS.test(text)) return text;
    const shown = csvText({ kind: "log", text }, words);
    return /[",;\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
  };
  return (cells) => `${cells.map(cell).join(",")}\r\n`;
}

/** Most cells: short, printable, no sign of calculation or separator in front of anything. */
const HARMLESS = /^[A-Za-z0-9_][\w.:/ @+-]{0,999}$/;
