// English.

import { ASSESS } from "./en/assess.ts";
import { CHARTS } from "./en/charts.ts";
import { NUMBERS } from "./en/numbers.ts";
import { POLICY_LINT } from "./en/policy-lint.ts";
import { REPORT } from "./en/report.ts";
import { SHEETS } from "./en/sheets.ts";
import type { Language } from "./language.ts";

/** English as reports use it. */
export const ENGLISH: Language = {
  code: "en",
  name: "English",
  numbers: NUMBERS,
  assess: ASSESS,
  report: REPORT,
  charts: CHARTS,
  sheets: SHEETS,
  policyLint: POLICY_LINT,
};
