// One measure's file: its expressions checked, its examples looked through for what no engine
// could answer.

import type { Definitions } from "../expression/schema.ts";
import { ENTRY_SCHEMA } from "../expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Measure, MeasureExample, MeasureKind } from "../model/measure.ts";
import { predicateAt, textAt } from "./checked-expression.ts";
import { parseDuration } from "./duration.ts";
import { checkFileName } from "./file-name.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A measure, with the digest of its file. */
export interface LoadedMeasure {
  readonly measure: Measure;
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
}

/** What the schema lets through; the keys of a kind are there for that kind and no other. */
interface MeasureFile {
  readonly id: string;
  readonly title: string;
  readonly kind: MeasureKind;
  readonly question: string;
  readonly limitations: string;
  readonly population: string;
  readonly exception: string;
  readonly part: string;
  readonly exceptions: "part" | "rest";
  readonly among: string;
  readonly by: string;
  readonly longer_than: string;
  /** Left out of the packaged files when they are read to be asked only. */
  readonly examples?: readonly MeasureExample[];
}

/**
 * The measure in a file of the right form.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function measureIn(yaml: YamlFile, definitions: Definitions): LoadedMeasure {
  const written = yaml.value as MeasureFile;
  checkFileName(yaml, written.id);
  const question = questionOf(yaml, written, definitions);
  const { examples } = written;
  if (examples === undefined) return { measure: question, digest: yaml.digest };
  for (const [index, example] of examples.entries()) checkExample(yaml, index, example);
  return { measure: { ...question, examples }, digest: yaml.digest };
}

function questionOf(yaml: YamlFile, written: MeasureFile, definitions: Definitions): Measure {
  const predicate = (key: "population" | "exception" | "part" | "among") =>
    predicateAt(yaml, [key], written[key], ENTRY_SCHEMA, definitions);
  const { id, title, question, limitations } = written;
  const population = predicate("population");
  const base = { id, title, question, limitations, population };
  switch (written.kind) {
    case "count": {
      const exception = predicate("exception");
      return { ...base, kind: "count", exception, fields: fieldsOf(population, exception) };
    }
    case "ratio": {
      const part = predicate("part");
      const { exceptions } = written;
      return { ...base, kind: "ratio", part, exceptions, fields: fieldsOf(population, part) };
    }
    case "groups": {
      const by = textAt(yaml, ["by"], written.by, ENTRY_SCHEMA);
      return { ...base, kind: "groups", by, fields: fieldsOf(population, by) };
    }
    case "share-of-top": {
      const among = predicate("among");
      const by = textAt(yaml, ["by"], written.by, ENTRY_SCHEMA);
      return { ...base, kind: "share-of-top", among, by, fields: fieldsOf(population, among, by) };
    }
    case "gap": {
      const longerThan = spanOf(yaml, written.longer_than);
      const fields = fieldsOf(population, { fields: ["timestamp"] });
      return { ...base, kind: "gap", longerThan, fields };
    }
  }
}

function spanOf(yaml: YamlFile, text: string): number {
  const span = parseDuration(text);
  if (span !== undefined) return span;
  throw yaml.refuse(["longer_than"], `expected a duration longer than nothing, got "${text}"`, {
    hint: "Write ISO 8601 in days, hours, minutes and seconds, such as P1D, PT1H or PT90S.",
  });
}

/** The fields that some expressions read, in column order. */
function fieldsOf(...expressions: readonly { readonly fields: readonly string[] }[]): EntryField[] {
  const read = new Set(expressions.flatMap(({ fields }) => fields));
  return ENTRY_FIELD_NAMES.filter((name) => read.has(name));
}

function checkExample(yaml: YamlFile, index: number, { entries, expect }: MeasureExample): void {
  const ids = new Set<unknown>();
  for (const [position, { id }] of entries.entries()) {
    if (ids.has(id)) {
      const path = ["examples", index, "entries", position, "id"];
      throw yaml.refuse(path, `the id ${String(id)} stands twice in this example`, {
        hint: "The same action logged twice has two ids.",
      });
    }
    ids.add(id);
  }
  for (const [position, id] of (expect.exception_ids ?? []).entries()) {
    if (!ids.has(id)) {
      const path = ["examples", index, "expect", "exception_ids", position];
      throw yaml.refuse(path, `no entry of this example has the id ${String(id)}`);
    }
  }
}
