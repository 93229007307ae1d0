// The answer to a SELECT, from its bytes: TabSeparatedWithNamesAndTypes, whose first two lines
// say how many cells a row has and which of them are whole numbers.

import { ComplianceError } from "../model/error.ts";
import { describeRefusal } from "./failure.ts";
import { TsvReader, UnknownEscape } from "./tsv.ts";
import type { Cell } from "./tsv.ts";

/** Values of a row, in the order of the statement: text, whole number (a bigint beyond 2^53), or null. */
export type ClickHouseRow = readonly unknown[];

/** How an answer is told from the words of a failure that may follow it. */
export interface Answering {
  /** Each row begins with a whole number. What does not is the server's report of a failure. */
  readonly numbered: boolean;
  /** What errors name. */
  readonly place: string;
}

/**
 * The rows of an answer, some thousand at a time.
 *
 * @throws ComplianceError when the answer ends in a failure, or in the middle of a row; what the
 *   bytes themselves throw
 */
export async function* rowsOf(
  bytes: AsyncIterable<Buffer>,
  answering: Answering,
): AsyncGenerator<readonly ClickHouseRow[], void, undefined> {
  const reader = new TsvReader();
  const answer = new Answer(answering);
  const chunks = bytes[Symbol.asyncIterator]();
  /** What came before the columns were known; a failure may be all that comes. */
  const head: Buffer[] = [];
  let batch: ClickHouseRow[] = [];
  try {
    for (;;) {
      const { value: chunk, done } = await chunks.next();
      if (done === true) break;
      const before = answer.begun ? reader.rest : [...head];
      if (!answer.begun) head.push(chunk);
      if (!taken(reader, chunk, answer, batch)) {
        throw await broken([...before, chunk], chunks, answering);
      }
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (!answer.begun) throw refusalIn(head, answering);
    if (reader.rest.length > 0) throw refusalIn(reader.rest, answering);
    if (batch.length > 0) yield batch;
  } finally {
    await chunks.return?.();
  }
}

/** Adds the rows of a chunk; false when something in it is none. */
function taken(reader: TsvReader, chunk: Buffer, answer: Answer, batch: ClickHouseRow[]): boolean {
  try {
    return reader.push(chunk).every((cells) => answer.take(cells, batch));
  } catch (error) {
    if (error instanceof UnknownEscape) return false;
    throw error;
  }
}

const BATCH = 2048;
/** How much of what follows a failure is looked at for its words. */
const WORDS = 1 << 16;

/** Knows the columns once their names and types have come. */
class Answer {
  readonly #numbered: boolean;
  #names: number | undefined;
  #integers: readonly number[] | undefined;

  constructor({ numbered }: Answering) {
    this.#numbered = numbered;
  }

  get begun(): boolean {
    return this.#integers !== undefined;
  }

  /** Adds the row; false when this is none. */
  take(cells: Cell[], to: ClickHouseRow[]): boolean {
    if (this.#names === undefined) {
      this.#names = cells.length;
      return true;
    }
    if (cells.length !== this.#names) return false;
    if (this.#integers === undefined) {
      this.#integers = cells.flatMap((type, slot) => (isIntegerType(type) ? [slot] : []));
      return !this.#numbered || this.#integers[0] === 0;
    }
    if (this.#numbered && !isDecimal(cells[0])) return false;
    const row: unknown[] = cells;
    for (const slot of this.#integers) {
      const text = cells[slot];
      if (typeof text !== "string") continue;
      const value = Number(text);
      if (!Number.isInteger(value) || text === "") return false;
      row[slot] = Number.isSafeInteger(value) ? value : BigInt(text);
    }
    to.push(row);
    return true;
  }
}

function isIntegerType(type: Cell | undefined): boolean {
  return /^(?:LowCardinality\(|Nullable\()*U?Int\d+\)*$/.test(type ?? "");
}

function isDecimal(cell: Cell | undefined): boolean {
  return typeof cell === "string" && /^-?\d+$/.test(cell);
}

/** Reads on for the words of the failure; that the connection then breaks is part of it. */
async function broken(
  begun: readonly Buffer[],
  chunks: AsyncIterator<Buffer>,
  answering: Answering,
): Promise<ComplianceError> {
  const pieces = [...begun];
  let length = 0;
  try {
    while (length < WORDS) {
      const { value, done } = await chunks.next();
      if (done === true) break;
      pieces.push(value);
      length += value.length;
    }
  } catch {
    // Newer servers break the connection off behind the words.
  }
  return refusalIn(pieces, answering);
}

function refusalIn(pieces: readonly Buffer[], { place }: Answering): ComplianceError {
  const words = Buffer.concat(pieces).toString("utf8");
  const code = [...words.matchAll(/^Code: (\d+)[.,]/gm)].at(-1)?.[1];
  return code === undefined
    ? new ComplianceError("unreadable-source", "ClickHouse's answer breaks off or is none", {
        location: { file: place },
        hint: "Check that the URL names the HTTP port of a ClickHouse server, then run again.",
      })
    : describeRefusal(Number(code), place);
}
