// What English tables and the evidence package say.

import type { SheetWords } from "../words/sheets.ts";
import { PACKAGE } from "./package.ts";
import { SPREADSHEETS } from "./spreadsheets.ts";

/** Spreadsheets, CSV files and the evidence package. */
export const SHEETS: SheetWords = { sheets: SPREADSHEETS, package: PACKAGE };
