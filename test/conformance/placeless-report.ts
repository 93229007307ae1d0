// The JSON of a report without what depends on where its entries are kept.

import type { ComplianceReport } from "../../src/model/report.ts";
import type { ReportDict } from "../../src/renderers/report-dict.ts";
import { toJson } from "../../src/renderers/json.ts";

/** The id of the entry that stands where a pointer says. */
export type IdAt = (pointer: string) => number | undefined;

/**
 * `report.json` as it would be of entries that are nowhere: without the inputs, without what the
 * intake states and without sources; where pointers are no ids, with ids in their place.
 *
 * @throws Error when evidence does not stand where it says
 */
export function comparable(report: ComplianceReport, idAt?: IdAt): string {
  const { population, ...document } = JSON.parse(toJson(report), (_, value: unknown) =>
    isPlaced(value) ? placeless(value, idAt) : value,
  ) as ReportDict;
  const { inputs: _inputs, intake: _intake, rejections, timestamps, ...counts } = population;
  const ids = (pointers: readonly string[]): readonly string[] =>
    idAt === undefined ? pointers : pointers.map((pointer) => String(idAt(pointer)));
  const told = {
    ...document,
    population: {
      ...counts,
      rejections: rejections.map(({ reason, count, first }) => ({
        reason,
        count,
        first: ids(first),
      })),
      timestamps: { ...timestamps, first_unreadable: ids(timestamps.first_unreadable) },
    },
  };
  return JSON.stringify(told, null, 2);
}

/** Evidence of an engine that says where it stands. */
type Placed = Readonly<Record<string, unknown>> & { readonly id: unknown; readonly source: string };

function isPlaced(value: unknown): value is Placed {
  return (
    typeof value === "object" &&
    value !== null &&
    "source" in value &&
    "id" in value &&
    "result_status" in value
  );
}

function placeless({ source, ...entry }: Placed, idAt: IdAt | undefined): unknown {
  if (idAt !== undefined && idAt(source) !== entry.id) {
    throw new Error(`the entry ${String(entry.id)} does not stand at ${source}`);
  }
  return entry;
}
