// Colours of a report, light and dark, as variables that its charts use too. Blue, ochre and crimson
// stay apart for every kind of colour sight and in grey.

import { CHART_COLOURS } from "../../charts/colours.ts";

/** Variables of both themes. Print is always light. */
export const COLOURS = `
:root {
  color-scheme: light;
  --accent: #1f4e79;
  --paper: #fdfcfa;
  --card: #ffffff;
  --ink: #1b2027;
  --soft: #545e6b;
  --rule: #dcd9d2;
  --faint: #f3f1ec;
  --pass: #1d5484; --pass-tint: #e7f0f8; --pass-edge: #2b6ea6;
  --warn: #6b5000; --warn-tint: #fbf2d9; --warn-edge: #b8860b;
  --fail: #8f1d3a; --fail-tint: #fbe8ed; --fail-edge: #8f1d3a;
  --open: #47505c; --open-tint: #eeeff1; --open-edge: #6b7684;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --accent: #8fbce6;
    --paper: #12161c;
    --card: #191f27;
    --ink: #e6e9ed;
    --soft: #a5b0bc;
    --rule: #303843;
    --faint: #1e252e;
    --pass: #a3cbf0; --pass-tint: #15293d; --pass-edge: #5b9bd5;
    --warn: #e8c566; --warn-tint: #2f2711; --warn-edge: #d4a32a;
    --fail: #f5a3b6; --fail-tint: #3b1721; --fail-edge: #e0607f;
    --open: #bcc5cf; --open-tint: #262d36; --open-edge: #8894a2;
  }
}
`;

/** The colours of charts in both themes, and the classes by which the charts' shapes take them. */
export const CHARTS = `
:root {
${CHART_COLOURS.map(({ name, light }) => `  --chart-${name}: ${light};\n`).join("")}}
@media screen and (prefers-color-scheme: dark) {
  :root {
${CHART_COLOURS.map(({ name, dark }) => `    --chart-${name}: ${dark};\n`).join("")}    --chart-surface: var(--card);
  }
}
${CHART_COLOURS.map(
  ({ name }) =>
    `.chart-${name} { fill: var(--chart-${name}); }\n.chart-${name}-line { stroke: var(--chart-${name}); }\n`,
).join("")}`;

/** The organisation's colour in both themes; lightened in the dark one so that it stays readable. */
export function accentColours(accent: string | undefined): string {
  if (accent === undefined || !/^#[0-9a-f]{6}$/i.test(accent)) return "";
  return `
:root { --accent: ${accent}; }
@media screen and (prefers-color-scheme: dark) {
  :root { --accent: color-mix(in srgb, ${accent}, #ffffff 60%); }
}
`;
}
