// Where a framework's measures come from.

import type { Measure } from "../../model/measure.ts";
import { didYouMean } from "../suggestion.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

export interface MeasureShelf {
  /** Ids of all measures, sorted. */
  readonly ids: readonly string[];
  /** The measure of an id that exists. */
  measure(id: string): Measure;
}

/**
 * The measure that is named at a path.
 *
 * @throws ComplianceError `invalid-catalog` when there is none
 */
export function measureAt(yaml: YamlFile, path: Path, id: string, shelf: MeasureShelf): Measure {
  if (shelf.ids.includes(id)) return shelf.measure(id);
  throw yaml.refuse(path, `no measure is called "${id}"`, {
    hint: didYouMean(id, shelf.ids) ?? `Known measures: ${shelf.ids.join(", ")}.`,
  });
}
