// Charts as blocks.

import type { Chart } from "../charts/chart.ts";
import type { Block } from "./document.ts";

/** A chart whose numbers stand in a table of the document as well; nothing where there is none. */
export function toldPicture(chart: Chart | undefined): readonly Block[] {
  return chart === undefined ? [] : [{ kind: "chart", chart, told: true }];
}

/** A block for each chart that is there. */
export function pictures(...charts: readonly (Chart | undefined)[]): readonly Block[] {
  return charts.flatMap((chart) =>
    chart === undefined ? [] : [{ kind: "chart", chart } as const],
  );
}
