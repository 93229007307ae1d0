// What a question does with each field of a record that is scanned.

import type { Question } from "../engine.ts";
import { columnsOf } from "../fold/columns.ts";
import type { Uses } from "./scanned-row.ts";
import { wantedFields } from "./wanted-fields.ts";

/** Of ids and times hardly one comes again. */
export function usesOf(question: Question): Uses {
  const looked = columnsOf(question).filter((field) => field !== "id" && field !== "timestamp");
  return { wanted: wantedFields(question), looked: new Set(looked) };
}
