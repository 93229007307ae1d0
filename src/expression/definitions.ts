// Named definitions: words such as `executed` or `elevated` that measures share. They are
// data; an expression that names one means what the definition says.

import { parsePredicate } from "./parse.ts";
import type { Definitions, Schema } from "./schema.ts";

/**
 * Checks definitions in order; each may use those before it.
 *
 * @param texts CEL text by name
 * @throws ComplianceError `invalid-expression` at the first that is wrong
 */
export function parseDefinitions(texts: ReadonlyMap<string, string>, schema: Schema): Definitions {
  let definitions: Definitions = new Map();
  for (const [name, text] of texts) {
    const meaning = parsePredicate(text, schema, definitions);
    definitions = new Map([...definitions, [name, meaning]]);
  }
  return definitions;
}
