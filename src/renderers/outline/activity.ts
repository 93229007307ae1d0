// What happened when and by whom, in pictures.

import { paragraph, section } from "./blocks.ts";
import { pictures, toldPicture } from "./pictures.ts";
import type { Section } from "./document.ts";
import { plain } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** The charts of what agents did and what was decided; absent when there is nothing to draw. */
export function activity({ report, words, charts }: Telling): Section | undefined {
  const { title, untimed } = words.findings.activity;
  const drawn = [
    ...pictures(charts.decisions),
    ...toldPicture(charts.riskByAgent),
    ...pictures(charts.oversight, charts.trend),
  ];
  if (drawn.length === 0) return undefined;
  const without = report.activity.untimed;
  return section("activity", title, [
    ...drawn,
    without === 0 ? undefined : paragraph(plain(untimed(without))),
  ]);
}
