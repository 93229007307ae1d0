// The colours of charts: for white paper, for a dark page, and what each is for. A page that shows
// charts in line sets `.chart-<name>{fill:…}` and `.chart-<name>-line{stroke:…}` for each.

/** One colour of charts. */
export interface ChartColour {
  /** Ends the classes `chart-<name>` (fill) and `chart-<name>-line` (stroke). */
  readonly name: string;
  /** On white, `#rrggbb`; the literal that stands in the SVG. */
  readonly light: string;
  /** On a dark ground. */
  readonly dark: string;
  readonly role: string;
}

/** Every colour that a chart uses. */
export const CHART_COLOURS = [
  {
    name: "blue",
    light: "#2b6ea6",
    dark: "#6aaee0",
    role: "let through, approved, passed, medium risk",
  },
  { name: "ochre", light: "#b8860b", dark: "#e0b341", role: "sent to a human, warned, high risk" },
  {
    name: "crimson",
    light: "#8f1d3a",
    dark: "#ef7f9b",
    role: "blocked, failed, critical risk, silence",
  },
  { name: "sky", light: "#c9dff0", dark: "#234c6e", role: "low risk; inside an outline of blue" },
  { name: "grey", light: "#78828c", dark: "#8d98a3", role: "unknown, undecided, not broken down" },
  { name: "ink", light: "#1b2530", dark: "#eef2f5", role: "text that carries a figure" },
  { name: "muted", light: "#55606b", dark: "#aeb8c2", role: "labels of axes" },
  { name: "rule", light: "#d5dbe1", dark: "#3a4652", role: "grid lines" },
  {
    name: "empty",
    light: "#edf0f3",
    dark: "#1f2933",
    role: "ground of spans without an entry, tracks",
  },
  {
    name: "surface",
    light: "#ffffff",
    dark: "#10161d",
    role: "the ground itself, for gaps and hatching",
  },
  { name: "heat-1", light: "#c9dff0", dark: "#1f4463", role: "fewest entries" },
  { name: "heat-2", light: "#8dbbdd", dark: "#2f6a99", role: "few entries" },
  { name: "heat-3", light: "#4e8fc2", dark: "#4f97cd", role: "many entries" },
  { name: "heat-4", light: "#1d5280", dark: "#9dd0f7", role: "most entries" },
] as const satisfies readonly ChartColour[];

/** Name of a colour. */
export type ChartColourName = (typeof CHART_COLOURS)[number]["name"];
