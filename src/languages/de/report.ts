// The German words of formats for people.

import type { ReportWords } from "../words/report.ts";
import { BASIS } from "./report/basis.ts";
import { CLOSING } from "./report/closing.ts";
import { CONTROLS } from "./report/controls.ts";
import { FINDINGS } from "./report/findings.ts";
import { NAMES } from "./report/names.ts";
import { OPENING } from "./report/opening.ts";
import { RECORD } from "./report/record.ts";
import { TERMINAL } from "./report/terminal.ts";

/** What a German report says around the document's own sentences. */
export const REPORT: ReportWords = {
  names: NAMES,
  opening: OPENING,
  findings: FINDINGS,
  record: RECORD,
  basis: BASIS,
  closing: CLOSING,
  terminal: TERMINAL,
  controls: CONTROLS,
};
