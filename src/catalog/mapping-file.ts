// One mapping's file: its expressions checked, every field of the entry accounted for.

import { parseRecordExpression } from "../expression/record/parse.ts";
import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { Answers, Mapping, Step } from "../model/mapping.ts";
import type { RecordExpression } from "../model/record-expression.ts";
import { located } from "./checked-expression.ts";
import { checkFileName } from "./file-name.ts";
import { didYouMean } from "./suggestion.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** What the schema lets through. */
interface MappingFile {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly source: string;
  readonly basis: Mapping["basis"];
  readonly limitations: string;
  readonly shape: Mapping["shape"];
  readonly container?: string;
  readonly columns?: readonly string[];
  readonly recognise: string;
  readonly records?: readonly StepText[];
  readonly tree?: { readonly id: string; readonly parent: string };
  readonly let?: Readonly<Record<string, string>>;
  readonly each?: StepText;
  readonly when?: string;
  readonly call?: string;
  readonly answers?: {
    readonly each?: StepText;
    readonly when: string;
    readonly to: string;
    readonly fields: FieldTexts;
  };
  readonly key?: string;
  readonly key_meaning?: string;
  readonly tables?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly fields: FieldTexts;
  readonly never: readonly EntryField[];
  readonly sparse?: readonly EntryField[];
  readonly chain?: { readonly covers: readonly EntryField[]; readonly described: string };
  readonly cannot_answer?: Readonly<Record<string, string>> | readonly BarredText[];
  readonly ignored?: readonly string[];
}

interface StepText {
  readonly each: string;
  readonly as: string;
}

/** Measures that cannot be answered for one reason. */
interface BarredText {
  readonly measures: readonly string[];
  readonly why: string;
}

type FieldTexts = Readonly<Partial<Record<EntryField, string>>>;

/** Variables that every mapping has; `tables` is looked up, not read. */
const ALWAYS = ["document", "record", "position", "action_position", "line"];

/**
 * The mapping in a file of the right form.
 *
 * @param measureIds ids that `cannot_answer` may name
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function mappingIn(yaml: YamlFile, measureIds: readonly string[]): Mapping {
  const written = yaml.value as MappingFile;
  checkFileName(yaml, written.id);
  checkShape(yaml, written);
  const tables = new Set(Object.keys(written.tables ?? {}));
  const reader = new Reader(yaml, tables);

  const recognise = reader.read(["recognise"], written.recognise, ["document"]);
  let known: readonly string[] = ["document", "line"];
  const records = (written.records ?? []).map((step, index) => {
    const read = reader.step(["records", index], step, known);
    known = reader.withName(["records", index, "as"], step.as, known);
    return read;
  });
  known = [...known, "record", "position"];
  const { tree } = written;
  const readTree =
    tree === undefined
      ? undefined
      : {
          id: reader.read(["tree", "id"], tree.id, known),
          parent: reader.read(["tree", "parent"], tree.parent, known),
        };
  if (tree !== undefined) known = [...known, "ancestors"];
  const lets = new Map<string, RecordExpression>();
  for (const [name, text] of Object.entries(written.let ?? {})) {
    lets.set(name, reader.read(["let", name], text, known));
    known = reader.withName(["let", name], name, known);
  }
  const each = written.each && reader.step(["each"], written.each, known);
  const inAction = [
    ...(written.each === undefined
      ? known
      : reader.withName(["each", "as"], written.each.as, known)),
    "action_position",
  ];
  const optional = (key: "when" | "call" | "key") => {
    const text = written[key];
    return text === undefined ? {} : { [key]: reader.read([key], text, inAction) };
  };
  const fields = reader.fields(["fields"], written.fields, inAction);
  const answers = written.answers && answersIn(reader, written.answers, known);
  checkFields(yaml, written);
  const paths = [
    ...inAction,
    ...(written.answers?.each === undefined ? [] : [written.answers.each.as]),
  ];
  for (const [index, path] of (written.ignored ?? []).entries()) {
    reader.read(["ignored", index], path, paths);
  }
  return {
    id: written.id,
    title: written.title,
    version: written.version,
    source: written.source,
    basis: written.basis,
    limitations: written.limitations.trim(),
    shape: written.shape,
    ...(written.container === undefined ? {} : { container: written.container }),
    ...(written.columns === undefined ? {} : { columns: written.columns }),
    recognise,
    records,
    ...(readTree === undefined ? {} : { tree: readTree }),
    lets,
    ...(each === undefined ? {} : { each }),
    ...optional("when"),
    ...optional("call"),
    ...(answers === undefined ? {} : { answers }),
    ...optional("key"),
    ...(written.key_meaning === undefined ? {} : { keyMeaning: written.key_meaning.trim() }),
    tables: new Map(
      Object.entries(written.tables ?? {}).map(([name, words]) => [
        name,
        new Map(Object.entries(words)),
      ]),
    ),
    fields,
    never: written.never,
    sparse: written.sparse ?? [],
    ...(written.chain === undefined ? {} : { chain: written.chain }),
    cannotAnswer: cannotAnswerIn(yaml, written, measureIds),
    ignored: written.ignored ?? [],
    digest: yaml.digest,
  };
}

/** Reads expressions of one file, each at its own place. */
class Reader {
  readonly #yaml: YamlFile;
  readonly #tables: ReadonlySet<string>;

  constructor(yaml: YamlFile, tables: ReadonlySet<string>) {
    this.#yaml = yaml;
    this.#tables = tables;
  }

  read(path: Path, text: string, variables: readonly string[]): RecordExpression {
    const scope = { variables: new Set(variables), tables: this.#tables };
    return located(this.#yaml, path, text, variables, () => parseRecordExpression(text, scope));
  }

  step(path: Path, { each, as }: StepText, variables: readonly string[]): Step {
    return { each: this.read([...path, "each"], each, variables), as };
  }

  fields(
    path: Path,
    texts: FieldTexts,
    variables: readonly string[],
  ): Map<EntryField, RecordExpression> {
    return new Map(
      ENTRY_FIELD_NAMES.flatMap((field) => {
        const text = texts[field];
        return text === undefined
          ? []
          : [[field, this.read([...path, field], text, variables)] as const];
      }),
    );
  }

  /** The variables with one more, which must not be there yet. */
  withName(path: Path, name: string, variables: readonly string[]): readonly string[] {
    if (variables.includes(name) || ALWAYS.includes(name) || RESERVED.includes(name)) {
      throw this.#yaml.refuse(path, `the name "${name}" already means something else here`, {
        atKey: path[0] === "let",
        hint: "Choose another name.",
      });
    }
    return [...variables, name];
  }
}

/** Words of the expression language itself. */
const RESERVED = ["ancestors", "tables", "true", "false", "null", "in", "has"];

function answersIn(
  reader: Reader,
  { each, when, to, fields }: NonNullable<MappingFile["answers"]>,
  known: readonly string[],
): Answers {
  const step = each && reader.step(["answers", "each"], each, known);
  const inside =
    each === undefined ? known : reader.withName(["answers", "each", "as"], each.as, known);
  return {
    ...(step === undefined ? {} : { each: step }),
    when: reader.read(["answers", "when"], when, inside),
    to: reader.read(["answers", "to"], to, inside),
    fields: reader.fields(["answers", "fields"], fields, inside),
  };
}

function checkShape(yaml: YamlFile, { shape, container, columns, answers }: MappingFile): void {
  if (shape === "table" && container !== undefined) {
    throw yaml.refuse(["container"], "a table has no container", { atKey: true });
  }
  if (shape === "json" && columns !== undefined) {
    throw yaml.refuse(["columns"], "JSON documents have no columns", { atKey: true });
  }
  if (answers !== undefined && "id" in answers.fields) {
    throw yaml.refuse(["answers", "fields", "id"], "an answer cannot name the action anew", {
      atKey: true,
    });
  }
}

/** Every field is mapped or can never be recorded, and not both. */
function checkFields(yaml: YamlFile, { fields, answers, never, sparse, chain }: MappingFile): void {
  const mapped = new Set([...Object.keys(fields), ...Object.keys(answers?.fields ?? {})]);
  for (const [index, field] of never.entries()) {
    if (!mapped.has(field)) continue;
    throw yaml.refuse(["never", index], `"${field}" is mapped, so it can be recorded`, {
      hint: "Take it out of fields or out of never.",
    });
  }
  const forgotten = ENTRY_FIELD_NAMES.filter(
    (field) => !mapped.has(field) && !never.includes(field),
  );
  if (forgotten.length > 0) {
    throw yaml.refuse(
      ["never"],
      `expected every entry field under "fields" or "never", but ${forgotten.join(", ")} ${forgotten.length === 1 ? "is" : "are"} missing`,
      { hint: "A report must know which fields this format can never record." },
    );
  }
  for (const [index, field] of (sparse ?? []).entries()) {
    if (mapped.has(field)) continue;
    throw yaml.refuse(["sparse", index], `"${field}" is not mapped, so it cannot be sparse`);
  }
  for (const [index, field] of (chain?.covers ?? []).entries()) {
    if (mapped.has(field)) continue;
    throw yaml.refuse(["chain", "covers", index], `"${field}" is not mapped`);
  }
}

/** Reasons by measure, written one by one or as lists of measures that share one. */
function cannotAnswerIn(
  yaml: YamlFile,
  { cannot_answer: written = {} }: MappingFile,
  measureIds: readonly string[],
): Map<string, string> {
  const reasons = new Map<string, string>();
  const add = (id: string, why: string, path: Path, atKey: boolean): void => {
    if (!measureIds.includes(id)) {
      throw yaml.refuse(path, `no measure is called "${id}"`, {
        atKey,
        hint: didYouMean(id, measureIds) ?? `Known measures: ${measureIds.join(", ")}.`,
      });
    }
    if (reasons.has(id)) {
      throw yaml.refuse(path, `"${id}" has its reason already`, {
        atKey,
        hint: "Name each measure once, with one reason.",
      });
    }
    reasons.set(id, why.trim());
  };
  if (isList(written)) {
    for (const [index, { measures, why }] of written.entries()) {
      for (const [place, id] of measures.entries()) {
        add(id, why, ["cannot_answer", index, "measures", place], false);
      }
    }
  } else {
    for (const [id, why] of Object.entries(written)) add(id, why, ["cannot_answer", id], true);
  }
  return reasons;
}

function isList(
  written: NonNullable<MappingFile["cannot_answer"]>,
): written is readonly BarredText[] {
  return Array.isArray(written);
}
