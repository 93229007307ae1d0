// Words of files that hold tables, and of the folder that carries them.

import type { PackageWords } from "./package.ts";
import type { SpreadsheetWords } from "./spreadsheets.ts";

/** Spreadsheets, CSV files and the evidence package. */
export interface SheetWords {
  /** Spreadsheets and CSV files. */
  readonly sheets: SpreadsheetWords;
  /** The evidence package. */
  readonly package: PackageWords;
}
