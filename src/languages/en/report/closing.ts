// What an English report says at its end.

import type { ClosingWords } from "../../words/report/closing.ts";

/** Words of the last two sections. */
export const CLOSING: ClosingWords = {
  evidence: {
    title: "Where the full evidence is",
    where:
      "This document lists at most 50 exceptions of a finding or test. The evidence package, which the same command writes with --bundle, holds for each measure all entries that are exceptions, as JSON Lines and as CSV, together with this report in every format and the digests of all files.",
    complete: "Every exception that was found is listed in this document.",
    caption: "Exceptions that are not all listed here",
    of: "Finding or test",
    exceptions: "Exceptions",
    shown: "Listed here",
    samples: "Entries drawn for an auditor",
    measure: "Measure",
    population: "Population",
    drawn: "Drawn",
    entries: "Entries",
    samplesHow:
      "The seed and the ids decide which entries are drawn, not what the entries say; how, stands under the method. The sample sheet of the evidence package shows each of them.",
  },
  verify: {
    title: "How to verify this report",
    inputs:
      "First check that you have the same logs. Each line prints a digest, which must equal the one in the table of inputs:",
    again:
      "Then make the report again, with the same version of the tool, the same time, and the same policy and configuration where there were any:",
    same: "The same inputs give the same report, to the byte.",
  },
};
