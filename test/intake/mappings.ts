// Mappings for the tests of the intake, written as in a mapping's file.

import { parseRecordExpression } from "../../src/expression/record/parse.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import type { Mapping, Step } from "../../src/model/mapping.ts";
import type { RecordExpression } from "../../src/model/record-expression.ts";

export type FieldTexts = Partial<Record<EntryField, string>>;

export interface MappingTexts {
  readonly id?: string;
  readonly shape?: Mapping["shape"];
  readonly container?: string;
  readonly columns?: readonly string[];
  readonly recognise?: string;
  readonly records?: readonly { readonly each: string; readonly as: string }[];
  readonly tree?: { readonly id: string; readonly parent: string };
  readonly let?: Readonly<Record<string, string>>;
  readonly each?: { readonly each: string; readonly as: string };
  readonly when?: string;
  readonly call?: string;
  readonly answers?: {
    readonly each?: { readonly each: string; readonly as: string };
    readonly when: string;
    readonly to: string;
    readonly fields: FieldTexts;
  };
  readonly key?: string;
  readonly keyMeaning?: string;
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly fields: FieldTexts;
  readonly sparse?: readonly EntryField[];
  readonly ignored?: readonly string[];
  readonly chain?: Mapping["chain"];
  readonly cannotAnswer?: Readonly<Record<string, string>>;
}

/** A mapping whose fields that are not written can never be recorded. */
export function mapping(texts: MappingTexts): Mapping {
  const tables = texts.tables ?? {};
  const variables = new Set(["document", "record", "ancestors", "line"]);
  for (const name of ["position", "action_position"]) variables.add(name);
  for (const { as } of [...(texts.records ?? []), texts.each, texts.answers?.each].filter(
    (step) => step !== undefined,
  )) {
    variables.add(as);
  }
  for (const name of Object.keys(texts.let ?? {})) variables.add(name);
  const scope = { variables, tables: new Set(Object.keys(tables)) };
  const read = (text: string): RecordExpression => parseRecordExpression(text, scope);
  const step = ({ each, as }: { each: string; as: string }): Step => ({ each: read(each), as });
  const fields = (given: FieldTexts): Map<EntryField, RecordExpression> =>
    new Map(
      Object.entries(given).map(([field, text]) => [field as EntryField, read(text)] as const),
    );
  const optional = (key: "when" | "call" | "key") => {
    const text = texts[key];
    return text === undefined ? {} : { [key]: read(text) };
  };
  const { answers } = texts;
  const mapped = new Set([...Object.keys(texts.fields), ...Object.keys(answers?.fields ?? {})]);
  return {
    id: texts.id ?? "plain",
    title: `Log of ${texts.id ?? "plain"}`,
    version: 1,
    source: "https://example.org/format",
    basis: "documentation",
    limitations: "None.",
    shape: texts.shape ?? "json",
    ...(texts.container === undefined ? {} : { container: texts.container }),
    ...(texts.columns === undefined ? {} : { columns: texts.columns }),
    recognise: read(texts.recognise ?? "true"),
    records: (texts.records ?? []).map(step),
    ...(texts.tree === undefined
      ? {}
      : { tree: { id: read(texts.tree.id), parent: read(texts.tree.parent) } }),
    lets: new Map(Object.entries(texts.let ?? {}).map(([name, text]) => [name, read(text)])),
    ...(texts.each === undefined ? {} : { each: step(texts.each) }),
    ...optional("when"),
    ...optional("call"),
    ...(answers === undefined
      ? {}
      : {
          answers: {
            ...(answers.each === undefined ? {} : { each: step(answers.each) }),
            when: read(answers.when),
            to: read(answers.to),
            fields: fields(answers.fields),
          },
        }),
    ...optional("key"),
    ...(texts.keyMeaning === undefined ? {} : { keyMeaning: texts.keyMeaning }),
    tables: new Map(
      Object.entries(tables).map(([name, words]) => [name, new Map(Object.entries(words))]),
    ),
    fields: fields(texts.fields),
    never: ENTRY_FIELD_NAMES.filter((field) => !mapped.has(field)),
    sparse: texts.sparse ?? [],
    ...(texts.chain === undefined ? {} : { chain: texts.chain }),
    cannotAnswer: new Map(Object.entries(texts.cannotAnswer ?? {})),
    ignored: texts.ignored ?? [],
    digest: "0".repeat(64),
  };
}
