// A framework in one line of a list, from its file alone.

import type { Framework } from "../../model/framework.ts";
import type { YamlFile } from "../yaml-file.ts";
import type { PointsFile } from "./points.ts";
import type { WeightedFile } from "./weighted.ts";

/** What a list of frameworks shows of one. */
export interface FrameworkSummary extends Pick<
  Framework,
  "id" | "title" | "edition" | "publisher" | "scoring" | "digest"
> {
  readonly criteria: {
    /** Tested in part. */
    readonly tested: number;
    readonly disproveOnly: number;
    /** Figures without a verdict. */
    readonly figures: number;
    /** Requirements of the edition about which no agent log says anything. */
    readonly notAssessed: number;
  };
  /** How many criteria the edition has in all; absent for laws. */
  readonly total?: number;
}

/** The summary of a file of the right form. */
export function summaryOf({ value, digest }: YamlFile, id: string): FrameworkSummary {
  const written = value as PointsFile | WeightedFile;
  const { title, edition, publisher, criteria_in_edition: total } = written;
  const head = { id, title, edition, publisher, digest, ...(total === undefined ? {} : { total }) };
  if (written.scoring !== "weighted") {
    const tested = written.criteria.filter(({ weight }) => weight > 0).length;
    return {
      ...head,
      scoring: "points",
      criteria: {
        tested,
        disproveOnly: 0,
        figures: written.criteria.length - tested,
        notAssessed: written.criteria_in_edition - written.criteria.length,
      },
    };
  }
  const ofMode = (wanted: string) => written.criteria.filter(({ mode }) => mode === wanted).length;
  return {
    ...head,
    scoring: "weighted",
    criteria: {
      tested: ofMode("tested"),
      disproveOnly: ofMode("disprove-only"),
      figures: ofMode("figures"),
      notAssessed: written.not_assessed.reduce((sum, { count = 1 }) => sum + count, 0),
    },
  };
}
