// Labels of what a format adds so that a document can be used.

/** `Search`, `Page 1 of 3`. Texts in braces stand for numbers. */
export interface Controls {
  readonly contents: string;
  readonly skip: string;
  readonly search: string;
  readonly searchHint: string;
  readonly show: string;
  readonly expandAll: string;
  readonly collapseAll: string;
  readonly print: string;
  readonly data: string;
  /** With `{page}` and `{pages}`. */
  readonly page: string;
  /** With `{shown}` and `{total}`. */
  readonly found: string;
  /** Names the choice of severities: `Severity`. */
  readonly severity: string;
  /** Where a choice or a search leaves something out of sight. */
  readonly hidden: string;
  /** Where the report's JSON is too large to be carried inside. */
  readonly jsonLeftOut: string;
  /** With `{shown}` and `{total}`, for tables that go on elsewhere. */
  readonly cut: string;
}
