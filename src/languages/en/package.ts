// English words of the evidence package's README.

import type { PackageWords } from "../words/package.ts";

/** English. */
export const PACKAGE: PackageWords = {
  title: "Evidence package",
  about: [
    "A program prepared these files from logs that the organisation supplied. They are evidence " +
      "which the organisation presents: what was tested, on how many entries, between which " +
      "times, and what was not.",
    "They are no audit opinion, and nobody has examined them independently. A log shows what was " +
      "logged; whether everything was logged has to be tested elsewhere.",
  ],
  headings: {
    facts: "What it is about",
    reports: "Reports",
    files: "Files, and how each came about",
    check: "How to check that nothing was changed",
    follow: "How to follow a number to its entries",
    evidence: "Evidence by measure",
    masking: "Secrets and personal data",
    sampling: "Samples",
    missing: "Formats that are not here",
    signature: "Signature",
  },
  facts: {
    organisation: "Organisation",
    system: "System",
    contact: "Contact",
    period: "Period",
    entries: "Entries in scope",
    input: "Input",
    generated: "Report's own time",
    tool: "Program",
    none: "not stated",
    open: "no bounds, and no entries",
    periodOf: (start, end) => `${start} to ${end}, both included`,
  },
  files: {
    readme: "This text.",
    reports:
      "One report for each framework, the same in every format. The JSON file holds everything; " +
      "the other formats are drawn from it. A report lists the first 50 exceptions of a measure " +
      "and counts all of them.",
    controls:
      "One row for each criterion and test: result, population, exceptions, and the file that " +
      "lists them. The columns population and exceptions are the numbers of the reports.",
    evidence:
      "Every exception of one measure, with the fields that reports show of an entry, in " +
      "the order of the log. The .jsonl file has one JSON object a line, the .csv file the " +
      "same as a table. In the .csv file, a text that a spreadsheet could take for a " +
      "formula begins with an apostrophe. A text that is too long for a cell is cut there, " +
      "and whole in the .jsonl file. Beyond 1,000,000 entries there are further parts.",
    samples: "The entries that were drawn from the population of one measure, in the order drawn.",
    population:
      "Where the entries came from, with the SHA-256 of each input, and how the counts tie: read " +
      "= accepted + rejected + duplicate.",
    definitions:
      "The measures and frameworks that were asked, word for word, and their digests in index.csv.",
    replaced: (definitions) =>
      `The organisation's configuration replaces ${definitions === 1 ? "1 definition or limit" : `${definitions} definitions or limits`} ` +
      "in them: each report lists, under its method, what stood there and what was asked instead.",
    besides: (files) =>
      `To do the tests again, ask the organisation for ${files.join(" and ")}, which ` +
      `${files.length === 1 ? "is" : "are"} not in this package; the reports state the digests.`,
    policy: "the policy",
    configuration: "the configuration",
    definitionsAbsent:
      "Names and digests of the measures and frameworks that were asked, in index.csv. A row " +
      "without a file is one whose text is not in this package.",
    digests: "The SHA-256 of every other file of this package.",
  },
  check: {
    unpack: "Unpack the package, and in its folder run:",
    windows: "On Windows, Get-FileHash FILE shows one digest at a time.",
    inputs:
      "The digests of the logs stand in population.json. Compare them with the logs that you " +
      "obtain yourself: only that shows that the evidence comes from them.",
    again:
      "The package has the same bytes whenever it is made again from the same logs by the same " +
      "version of the program, with the same options and the same report's own time (--now).",
  },
  follow: [
    "Find the criterion in controls.csv, or in a report, and note its measure and its exceptions.",
    "Open the file that the column evidence names. It has exactly that many entries; the program " +
      "counted them while it wrote, and would have refused to write another number. Where it names " +
      "none, there is no exception, or the exceptions are no entries and stand in the reports.",
    "Find an entry in the log by its id, or where it has a source, by file and line.",
    "What the measure asks stands under definitions/measures/ as a condition in CEL, which can be " +
      "put to the log by any other means.",
    "The counts on a report's first page (blocked, let through, sent to a human and their answers) " +
      "are no exceptions, and no file lists the entries behind them: count the entries in scope by " +
      "the values of approval and human_decision, as actions-by-approval and human-decisions ask.",
  ],
  evidence: {
    intro: "Exceptions, and the files that list all of them:",
    none: "No measure of these reports has an exception.",
    row: (entries, count) => `${entries} ${count === 1 ? "entry" : "entries"}`,
    unlistedIntro:
      "These count something other than entries, such as ids or rules of the policy. The reports " +
      "list the first 50 of them:",
    unlisted: (measure, exceptions) => `${measure}: ${exceptions}`,
  },
  masking: {
    masked:
      "Secrets and personal data of well-known forms, and values under names such as password " +
      "or iban, are shown as [REDACTED]. Ids and times are shown as they stand, so that whoever " +
      "may see the log finds the entry. Forms that the program does not know are not masked: " +
      "handle this package as you would handle the log.",
    revealed: (reason) =>
      "Nothing is masked: secrets and personal data are shown as they stand in the log. The " +
      `reason that was given: ${reason}`,
  },
  sampled: (size, seed) =>
    `From each measure's population up to ${size} entries were drawn with the seed “${seed}”: ` +
    "those with the smallest SHA-256 of seed, measure and entry. Whoever has the log and the " +
    "seed draws the same ones.",
  missing: (format) =>
    `${format}: the packages that make it were not installed. The HTML report can be printed.`,
  signature:
    "This package is not signed. The folder signature/ is reserved for a signature over " +
    "digests.txt; digests.txt does not list it.",
};
