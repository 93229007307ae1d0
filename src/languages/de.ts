// German.

import { ASSESS } from "./de/assess.ts";
import { CHARTS } from "./de/charts.ts";
import { NUMBERS } from "./de/numbers.ts";
import { POLICY_LINT } from "./de/policy-lint.ts";
import { REPORT } from "./de/report.ts";
import { SHEETS } from "./de/sheets.ts";
import type { Language } from "./language.ts";

/** German as reports use it. */
export const GERMAN: Language = {
  code: "de",
  name: "Deutsch",
  numbers: NUMBERS,
  assess: ASSESS,
  report: REPORT,
  charts: CHARTS,
  sheets: SHEETS,
  policyLint: POLICY_LINT,
};
