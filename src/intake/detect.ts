// Names the format of logs without reading more than their beginning.

import { ComplianceError } from "../model/error.ts";
import type { Mapping } from "../model/mapping.ts";
import { findLogs } from "../sources/input/find-logs.ts";
import type { LogFormat, LogPacking } from "../sources/source.ts";
import { recogniseInput } from "./plan.ts";
import type { PlanOptions } from "./plan.ts";

/** What one file was recognised as. */
export interface Detection {
  /** As reports show it. */
  readonly file: string;
  /** Kind of the file and its packing. */
  readonly format: LogFormat;
  readonly packing: LogPacking;
  /** Absent when it is unknown, ambiguous or empty. */
  readonly mapping?: Mapping;
  /** Why there is no mapping, in a sentence. */
  readonly problem?: string;
}

/**
 * Looks at the first records of each file.
 *
 * @throws ComplianceError as `findLogs` says; that a format is unknown is no error here
 */
export async function detectMappings(
  paths: readonly string[],
  { mappings, records, table, ...find }: Omit<PlanOptions, "mapping">,
): Promise<Detection[]> {
  const files = await findLogs(paths, find);
  const detections: Detection[] = [];
  for (const file of files) {
    const { name, format, packing } = file;
    const known = { file: name, format, packing };
    try {
      const mapping = await recogniseInput(file, mappings, {
        ...(records === undefined ? {} : { records }),
        ...(table === undefined ? {} : { table }),
      });
      detections.push(
        mapping === undefined
          ? { ...known, problem: "It holds no record that can be read." }
          : { ...known, mapping },
      );
    } catch (error) {
      if (!(error instanceof ComplianceError) || error.code !== "unsupported-source") throw error;
      detections.push({ ...known, problem: error.message });
    }
  }
  return detections;
}
