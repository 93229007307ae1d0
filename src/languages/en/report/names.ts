// English words of the program's closed vocabularies.

import type { NameWords } from "../../words/report/names.ts";
import { count } from "./counted.ts";

/** Words for keys. */
export const NAMES: NameWords = {
  results: {
    pass: "PASS",
    warn: "WARN",
    fail: "FAIL",
    no_exception: "NO EXCEPTION",
    inconclusive: "INCONCLUSIVE",
    not_applicable: "NOT APPLICABLE",
    context: "CONTEXT",
    not_assessed: "NOT ASSESSED",
    error: "ERROR",
  },
  resultsInText: {
    pass: "pass",
    warn: "warn",
    fail: "fail",
    no_exception: "no exception",
    inconclusive: "inconclusive",
    not_applicable: "not applicable",
    context: "context",
    not_assessed: "not assessed",
    error: "error",
  },
  amount: (result, findings) => `${count(findings)} ${NAMES.resultsInText[result]}`,
  severities: {
    critical: "critical",
    high: "high",
    medium: "medium",
    low: "low",
    warning: "warning",
    info: "info",
  },
  reasons: {
    "not-exercised": "nothing of the kind happened",
    "not-recorded": "the log does not record what the test needs",
    "too-few": "too few entries",
    "missing-input": "an input beside the log is missing",
    "record-in-doubt": "the record itself is in doubt",
  },
  reasonHeadings: {
    "not-recorded": "The log does not record what the tests need",
    "missing-input": "An input beside the log is missing",
    "too-few": "Too little is recorded",
    "not-exercised": "Nothing of the kind happened",
    "record-in-doubt": "The record itself is in doubt",
    unstated: "No reason is stated",
  },
  bands: {
    "critical exceptions": "a test of a critical criterion failed",
    "significant exceptions": "a test of a criterion of high severity failed",
    "minor exceptions": "tests found exceptions, but no critical or high criterion failed",
    "no exceptions in the tests run":
      "every deciding test that got an answer stayed within its limits, and no supporting test failed",
    "not enough evidence": "too little could be decided to say more",
  },
  bases: {
    law: "law",
    standard: "standard",
    "analogy-to-a-standard": "analogy to a standard",
    "audit-practice": "audit practice",
    statistic: "statistics",
    "zero-tolerance": "zero tolerance",
    "engineering-default": "engineering default",
    owner: "the owner's own",
  },
  textUses: {
    official: "the publisher's own text",
    "own-words": "identifiers, with titles in our own words",
    identifiers: "identifiers, with titles in our own words",
  },
  rejections: {
    "not-an-entry": "it is no object or row",
    malformed: "it is no JSON value or row, or it was cut off",
    "invalid-utf-8": "its bytes are no text",
    "duplicate-key": "it names a key twice, so two readers may see two records",
    "too-long": "it is longer than the limit of one record",
    "damaged-file": "the file cannot be unpacked or read from there on",
    "unreadable-timestamp": "it has no readable time, and a period was asked for",
  },
  overrides: { definition: "definition", limits: "limits" },
  lintSeverities: { error: "error", warning: "warning", info: "info" },
  notRecorded: "not recorded",
  withoutId: "without id",
  yes: "yes",
  no: "no",
};
