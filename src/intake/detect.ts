// Names the format of logs without reading more than their beginning.

import { ComplianceError } from "../model/error.ts";
import type { Mapping } from "../model/mapping.ts";
import { findLogs } from "../sources/input/find-logs.ts";
import type { LogFormat, LogPacking } from "../sources/source.ts";
import { recogniseInput } from "./plan.ts";
import type { PlanOptions } from "./plan.ts";

/** What one file was recognised as. */
export interface Detection {
  /** As reports show it; where it is no log of a known kind, as it was named. */
  readonly file: string;
  /** Kind of the file and its packing; absent when they are unknown. */
  readonly format?: LogFormat;
  readonly packing?: LogPacking;
  /** Absent when it is unknown, ambiguous or empty. */
  readonly mapping?: Mapping;
  /** Why there is no mapping, in a sentence. */
  readonly problem?: string;
}

/**
 * Looks at the first records of each file.
 *
 * @throws ComplianceError as `findLogs` says; that a kind or a format is unknown is no error here
 */
export async function detectMappings(
  paths: readonly string[],
  { mappings, container, table, ...find }: Omit<PlanOptions, "mapping">,
): Promise<Detection[]> {
  const reading = {
    ...(container === undefined ? {} : { container }),
    ...(table === undefined ? {} : { table }),
  };
  const detections: Detection[] = [];
  for (const path of paths) {
    const files = await unlessUnknown(findLogs([path], find));
    if (typeof files === "string") {
      detections.push({ file: path, problem: files });
      continue;
    }
    for (const file of files) {
      const { name, format, packing } = file;
      const mapping = await unlessUnknown(recogniseInput(file, mappings, reading));
      detections.push({ file: name, format, packing, ...found(mapping) });
    }
  }
  return detections;
}

function found(mapping: Mapping | string | undefined): Pick<Detection, "mapping" | "problem"> {
  if (mapping === undefined) return { problem: "it holds no record that can be read" };
  return typeof mapping === "string" ? { problem: mapping } : { mapping };
}

/** What comes of it, or the sentence of an error that says it is unknown. */
async function unlessUnknown<T>(result: Promise<T>): Promise<T | string> {
  try {
    return await result;
  } catch (error) {
    if (error instanceof ComplianceError && error.code === "unsupported-source") {
      return error.message;
    }
    throw error;
  }
}
