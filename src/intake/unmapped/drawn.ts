// Draws records of a log evenly, whatever their order and in however many parts the log is
// read: those whose bytes have the smallest marks.

/** What was found in one document that was drawn. */
export interface DrawnDocument {
  /** Stands for its bytes. */
  readonly mark: number;
  /** Records in it. */
  readonly records: number;
  /** Raw paths in it that no expression reads, with in how many of its records. */
  readonly unmapped: readonly (readonly [path: string, records: number])[];
}

/** How many documents are drawn. */
export const DRAWN_DOCUMENTS = 1000;

const PROBES = 64;

/** 32 bits that stand for a document's bytes: its length, and words spread evenly over it. */
export function drawMark(bytes: Uint8Array): number {
  const { length } = bytes;
  const stride = Math.max(4, Math.floor(length / PROBES));
  let mark = length;
  for (let index = 0; index + 3 < length; index += stride) {
    const word =
      (bytes[index] as number) |
      ((bytes[index + 1] as number) << 8) |
      ((bytes[index + 2] as number) << 16) |
      ((bytes[index + 3] as number) << 24);
    mark = Math.imul(mark ^ word, 0x9e37_79b1);
    mark ^= mark >>> 15;
  }
  mark = Math.imul(mark, 0x85eb_ca6b);
  return (mark ^ (mark >>> 13)) >>> 0;
}

/** Whether a document with this mark is drawn, as far as is known by now. */
export function isDrawn(drawn: readonly DrawnDocument[], mark: number): boolean {
  const [largest] = drawn;
  return drawn.length < DRAWN_DOCUMENTS || largest === undefined || mark < largest.mark;
}

/** Adds a document, for which the one with the largest mark leaves if there are too many. */
export function draw(drawn: DrawnDocument[], document: DrawnDocument): void {
  if (!isDrawn(drawn, document.mark)) return;
  if (drawn.length < DRAWN_DOCUMENTS) {
    drawn.push(document);
    rise(drawn, drawn.length - 1);
  } else {
    drawn[0] = document;
    sink(drawn);
  }
}

// The list is a heap: no document has a larger mark than the one at half its position.

function rise(heap: DrawnDocument[], from: number): void {
  let at = from;
  while (at > 0) {
    const above = (at - 1) >>> 1;
    if (markAt(heap, above) >= markAt(heap, at)) return;
    swap(heap, above, at);
    at = above;
  }
}

function sink(heap: DrawnDocument[]): void {
  let at = 0;
  for (;;) {
    const left = at * 2 + 1;
    const larger = markAt(heap, left + 1) > markAt(heap, left) ? left + 1 : left;
    if (markAt(heap, larger) <= markAt(heap, at)) return;
    swap(heap, larger, at);
    at = larger;
  }
}

function markAt(heap: readonly DrawnDocument[], at: number): number {
  return heap[at]?.mark ?? -1;
}

function swap(heap: DrawnDocument[], one: number, other: number): void {
  const document = heap[one] as DrawnDocument;
  heap[one] = heap[other] as DrawnDocument;
  heap[other] = document;
}
