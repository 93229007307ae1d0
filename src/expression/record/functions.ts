// All functions and methods of the expressions over foreign records. The set is closed: what is
// not here is refused when a mapping is loaded.

import { ATTRIBUTE_FUNCTIONS } from "./functions/attributes.ts";
import { CONVERSION_FUNCTIONS } from "./functions/conversions.ts";
import type { RecordFunction } from "./functions/function.ts";
import { LIST_FUNCTIONS } from "./functions/lists.ts";
import { TEXT_FUNCTIONS } from "./functions/text.ts";
import { TIME_FUNCTIONS } from "./functions/times.ts";

/** Every function by its name. */
export const RECORD_FUNCTIONS: ReadonlyMap<string, RecordFunction> = new Map(
  [
    CONVERSION_FUNCTIONS,
    TEXT_FUNCTIONS,
    LIST_FUNCTIONS,
    TIME_FUNCTIONS,
    ATTRIBUTE_FUNCTIONS,
  ].flatMap((functions) => Object.entries(functions)),
);
