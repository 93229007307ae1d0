// A chart as every format takes it: a picture, what it says, and the numbers behind it.

/** A chart of a report. Equal data give equal bytes. */
export interface Chart {
  /** Unique in the report, letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /**
   * The finding, not the form: `Blocked actions doubled from 3 to 6 a day after 5 March`. A name from
   * the log stands in it visible and cut; formats escape it like any text.
   */
  readonly says: string;
  /**
   * SVG 1.1 with `viewBox`, `role="img"` and a title, without scripts, styles or links; text of the
   * log is visible and escaped. Colours are literal presentation attributes beside a class
   * (`fill="#2b6ea6" class="chart-blue"`): the literal holds alone, and a page's style sheet
   * overrides it through the class without any `style` attribute. See `CHART_COLOURS`. Width and
   * height are its natural size in pixels; the root has the class `chart`. Ids begin with the
   * chart's id.
   */
  readonly svg: string;
  /** The same for a narrow screen, where the wide one would be too small to read. */
  readonly narrow?: string;
  /** The numbers behind it. */
  readonly data: {
    readonly columns: readonly { readonly title: string; readonly align?: "right" }[];
    /** Text may come from a log. */
    readonly rows: readonly (readonly string[])[];
  };
}
