// Lists beside the log, wherever they stand: in a YAML file itself, or in a file of their own
// as YAML, JSON, or CSV with a header.

import { dirname, extname, resolve } from "node:path";
import { parseYamlFile } from "../yaml-file.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { csvRows } from "./csv-rows.ts";
import { readInputFile } from "./input-file.ts";
import { partsOf } from "./row.ts";
import type { Row, RowForm } from "./row.ts";

/** A list, with where it comes from. */
export interface Rows {
  readonly rows: readonly Row[];
  /** The file as it was named; absent when the list stands in the YAML file itself. */
  readonly source?: string;
  /** SHA-256 of that file, lower-case hex. */
  readonly sha256?: string;
}

/**
 * Reads the list at a path, or in the file that is named there.
 *
 * @throws ComplianceError `unreadable-source` for a file that cannot be read, `invalid-catalog`
 *   with file, line and reason
 */
export function rowsAt(yaml: YamlFile, path: Path, value: unknown, form: RowForm): Rows {
  if (typeof value !== "string") return { rows: listRows(yaml, path, value, form) };
  if (form.files === "none") {
    throw yaml.refuse(path, `expected the list of ${form.of} itself, not the name of a file`);
  }
  const file = resolve(dirname(yaml.file ?? ""), value);
  const { text, sha256 } = readInputFile(yaml, path, value, file);
  switch (extname(value).toLowerCase()) {
    case ".csv":
      return { rows: csvRows(text, file, form), source: value, sha256 };
    case ".yaml":
    case ".yml":
    case ".json": {
      const list = parseYamlFile({ text, file });
      return { rows: listRows(list, [], list.value, form), source: value, sha256 };
    }
    default:
      throw yaml.refuse(path, `expected a file that ends in .csv, .yaml or .json, got "${value}"`);
  }
}

function listRows(yaml: YamlFile, path: Path, value: unknown, form: RowForm): Row[] {
  if (!Array.isArray(value)) {
    throw yaml.refuse(path, `expected a list of ${form.of}`, {
      hint: form.files === "none" ? undefined : "Or name a file that holds one.",
    });
  }
  return value.map((item: unknown, index) => itemRow(yaml, [...path, index], item, form));
}

function itemRow(yaml: YamlFile, path: Path, item: unknown, form: RowForm): Row {
  const named = typeof item === "object" && item !== null && !Array.isArray(item);
  if (!named && (!form.plain || typeof item !== "string")) {
    const expected = form.plain
      ? `a text or a mapping with "${form.needed}"`
      : `a mapping with "${form.needed}"`;
    throw yaml.refuse(path, `expected ${expected} in the list of ${form.of}`, {
      hint: typeof item === "number" ? "Put the value in quotes." : undefined,
    });
  }
  const values: Readonly<Record<string, unknown>> = named
    ? (item as Readonly<Record<string, unknown>>)
    : { [form.needed]: item };
  const at = (name: string): Path => (named ? [...path, name] : path);
  const refuse: Row["refuse"] = (name, reason, hint) => yaml.refuse(at(name), reason, { hint });
  const text: Row["text"] = (name) => {
    const found = values[name];
    if (found === undefined || found === null) return undefined;
    if (typeof found !== "string") {
      throw refuse(name, `expected "${name}" to be text`, "Put the value in quotes.");
    }
    return found.trim() === "" ? undefined : found.trim();
  };
  return {
    text,
    texts(name) {
      const found = values[name];
      if (!Array.isArray(found)) return partsOf(text(name));
      return found.map((part: unknown) => {
        if (typeof part === "string" && part.trim() !== "") return part.trim();
        throw refuse(name, `expected "${name}" to be a list of texts`);
      });
    },
    line: yaml.lineOf(path),
    refuse,
  };
}
