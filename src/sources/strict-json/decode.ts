// The strict JSON decoder of both JSON sources (RFC 8259): what two readers could understand
// differently, or a double could not hold, is never passed over.

import { isUtf8 } from "node:buffer";
import type { ByteWindow } from "../decoding/byte-window.ts";
import { refusal } from "../decoding/refusal.ts";
import type { SourceDocument, SourceItem, SourceRefusal } from "../source.ts";
import { countColons } from "./count-colons.ts";
import { keepNumbers } from "./exact-numbers.ts";
import { secondKey } from "./second-key.ts";
import { excess, MOST_VALUES } from "./shape.ts";
import { DEEPEST, survey } from "./survey.ts";

/** What the caller knows of the bytes already. `ascii` and `utf-8` spare a look at them. */
export type KnownText = "ascii" | "utf-8" | "unknown";

/**
 * Decodes one record.
 *
 * @param start, end where it stands in the window
 * @param line for the item
 * @returns a refusal `invalid-utf-8`, `malformed` or `duplicate-key` when it is no JSON text,
 *   is nested deeper than 500, holds more than two million values, or repeats a key
 */
export function decodeRecord(
  window: ByteWindow,
  start: number,
  end: number,
  line: number,
  known: KnownText,
): SourceItem {
  const { bytes } = window;
  const refuse = (reason: SourceRefusal["reason"], message: string): SourceRefusal =>
    refusal(line, reason, message, bytes.subarray(start, end));
  if (known === "unknown" && !isUtf8(bytes.subarray(start, end))) {
    return refuse("invalid-utf-8", "The record holds bytes that are no UTF-8 text.");
  }
  const beyond = end - start > LONG ? excess(bytes, start, end) : undefined;
  if (beyond !== undefined) return refuse("malformed", EXCESS[beyond]);
  const text = bytes.toString(known === "ascii" ? "latin1" : "utf8", start, end);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("malformed", NO_JSON);
  }
  const found = survey(value);
  if (found.deep) return refuse("malformed", EXCESS.depth);
  if (found.least !== text.length && found.members !== countColons(window, start, end)) {
    const position = secondKey(text);
    return refuse(
      "duplicate-key",
      `An object names a key twice, the second time at character ${position ?? "?"} of the record.`,
    );
  }
  if (!found.large) return new JsonDocument(value, line, bytes, start, end, 0);
  const exact = keepNumbers(text);
  if (exact.kept > 0) value = JSON.parse(exact.text);
  return new JsonDocument(value, line, bytes, start, end, exact.kept);
}

/** The sentence for what does not parse. */
export const NO_JSON = "The record is no JSON value.";

/** Shorter texts cannot take much memory, whatever they hold. */
const LONG = 1 << 16;

const EXCESS = {
  depth: `The record is nested deeper than ${DEEPEST} levels.`,
  values: `The record holds more than ${MOST_VALUES} values.`,
} as const;

/** Makes its view of the bytes only when asked. */
class JsonDocument implements SourceDocument {
  readonly value: unknown;
  readonly line: number;
  readonly unsafeIntegers: number;
  readonly #memory: Buffer;
  readonly #start: number;
  readonly #end: number;

  constructor(
    value: unknown,
    line: number,
    memory: Buffer,
    start: number,
    end: number,
    unsafeIntegers: number,
  ) {
    this.value = value;
    this.line = line;
    this.unsafeIntegers = unsafeIntegers;
    this.#memory = memory;
    this.#start = start;
    this.#end = end;
  }

  get bytes(): Uint8Array {
    return this.#memory.subarray(this.#start, this.#end);
  }
}
