// English labels of what a format adds so that a document can be used.

import type { Controls } from "../../words/report/controls.ts";

/** Labels in English. */
export const CONTROLS: Controls = {
  contents: "Contents",
  skip: "Skip to the report",
  search: "Search",
  searchHint: "Criterion, test, agent, entry",
  show: "Show tests and criteria",
  expandAll: "Expand all",
  collapseAll: "Collapse all",
  print: "Print",
  data: "The numbers behind it",
  page: "Page {page} of {pages}",
  found: "{shown} of {total}",
  severity: "Severity",
  hidden: "Some entries are hidden by your choice.",
  jsonLeftOut:
    "The JSON form of this report is too large to be carried inside; the evidence package has it.",
  cut: "The first {shown} of {total}",
};
