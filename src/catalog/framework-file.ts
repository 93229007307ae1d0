// One framework's file, of either kind, checked against the measures it names.

import type { Framework } from "../model/framework.ts";
import { checkFrameworkName } from "./file-name.ts";
import type { MeasureShelf } from "./framework/measure-shelf.ts";
import { pointsFrameworkOf } from "./framework/points.ts";
import type { PointsFile } from "./framework/points.ts";
import { weightedFrameworkOf } from "./framework/weighted.ts";
import type { WeightedFile } from "./framework/weighted.ts";
import type { YamlFile } from "./yaml-file.ts";

/**
 * The framework in a file of the right form.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function frameworkIn(yaml: YamlFile, shelf: MeasureShelf): Framework {
  const written = yaml.value as PointsFile | WeightedFile;
  checkFrameworkName(yaml, written.id);
  return written.scoring === "weighted"
    ? weightedFrameworkOf(yaml, written, shelf)
    : pointsFrameworkOf(yaml, written, shelf);
}
