// One measure's file: its expressions checked, its limits and words held to what it can give,
// its examples looked through for what no engine could answer.

import type { Definitions } from "../expression/schema.ts";
import type { Measure } from "../model/measure.ts";
import { checkFileName } from "./file-name.ts";
import { examplesOf } from "./measure/examples.ts";
import { kindPartOf } from "./measure/kinds.ts";
import { checkNames, namedNumbersOf } from "./measure/named-numbers.ts";
import { MeasureReader } from "./measure/reader.ts";
import { verdictOf } from "./measure/verdict.ts";
import type { MeasureFile } from "./measure/written.ts";
import type { YamlFile } from "./yaml-file.ts";

/** A measure, with the digest of its file. */
export interface LoadedMeasure {
  readonly measure: Measure;
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
  /** Texts that a report can show and that lack a translation into the catalog's language; absent in English. */
  readonly untranslated?: readonly string[];
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
  const measure = { ...question, ...verdictOf(yaml, written, question) };
  const { examples } = written;
  return {
    measure:
      examples === undefined
        ? measure
        : { ...measure, examples: examplesOf(yaml, examples, measure) },
    digest: yaml.digest,
  };
}

/** Everything that an engine is asked. */
function questionOf(yaml: YamlFile, written: MeasureFile, definitions: Definitions): Measure {
  const reader = new MeasureReader(yaml, definitions);
  const part = kindPartOf(reader, written);
  const numbers = namedNumbersOf(reader, written);
  reader.needs(...(written.needs ?? []));
  const { id, code, title, question, limitations } = written;
  const measure: Measure = {
    id,
    ...(code === undefined ? {} : { code }),
    title,
    question,
    limitations,
    ...part,
    ...reader.basis(written.any_fields),
    ...numbers,
  };
  checkNames(yaml, written, measure);
  return measure;
}
