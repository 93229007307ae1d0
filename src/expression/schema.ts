// The names an expression may use, with their types.

import { ENTRY_FIELDS } from "../model/audit-entry.ts";
import type { Expression } from "../model/expression.ts";

/** CEL types of names: `json` names can only be asked whether they are present. */
export type NameType = "text" | "number" | "instant" | "json";

/** One name's type and, for numbers, whether CEL sees it as int or double. */
export interface NameDeclaration {
  readonly type: NameType;
  readonly cel: "string" | "int" | "double" | "google.protobuf.Timestamp" | "dyn";
}

/** What an expression may refer to. */
export type Schema = ReadonlyMap<string, NameDeclaration>;

/** Named definitions, already checked. */
export type Definitions = ReadonlyMap<string, Expression>;

const TEXT: NameDeclaration = { type: "text", cel: "string" };
const INTEGER: NameDeclaration = { type: "number", cel: "int" };
const DOUBLE: NameDeclaration = { type: "number", cel: "double" };
const INSTANT: NameDeclaration = { type: "instant", cel: "google.protobuf.Timestamp" };
const JSON_VALUE: NameDeclaration = { type: "json", cel: "dyn" };

const DECLARATION_OF = {
  text: TEXT,
  integer: INTEGER,
  instant: INSTANT,
  json: JSON_VALUE,
} as const;

/** The fields of an audit entry. */
export const ENTRY_SCHEMA: Schema = new Map(
  Object.entries(ENTRY_FIELDS).map(([name, type]) => [name, DECLARATION_OF[type]]),
);

/** What a framework's limits may refer to: the numbers of an observation. */
export const OBSERVATION_SCHEMA: Schema = new Map([
  ["population", INTEGER],
  ["exceptions", INTEGER],
  ["part", INTEGER],
  ["share", DOUBLE],
  ["groups", INTEGER],
  ["longest_seconds", DOUBLE],
]);
