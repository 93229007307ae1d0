// A mapping whose records are audit entries already, without a file.

import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { EntryField } from "../../../src/model/audit-entry.ts";
import type { Mapping } from "../../../src/model/mapping.ts";
import type { RecordExpression } from "../../../src/model/record-expression.ts";

function field(name: EntryField): RecordExpression {
  return {
    source: `record.${name}`,
    term: { kind: "member", of: { kind: "name", name: "record" }, name },
    paths: [`record.${name}`],
  };
}

/** Every field under its own name; every object is one. */
export const IDENTITY: Mapping = {
  id: "identity",
  title: "Entries as they are",
  version: 1,
  source: "https://example.org/",
  basis: "real-logs",
  limitations: "None.",
  shape: "json",
  recognise: { source: "true", term: { kind: "literal", value: true }, paths: [] },
  records: [],
  lets: new Map(),
  tables: new Map(),
  fields: new Map(ENTRY_FIELD_NAMES.map((name) => [name, field(name)])),
  never: [],
  sparse: [],
  cannotAnswer: new Map(),
  ignored: [],
  digest: "0".repeat(64),
};
