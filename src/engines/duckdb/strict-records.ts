// Records that the fast way leaves alone, one at a time the ordinary way: decoded strictly,
// mapped, counted, and handed to the fold. Those that were read fast are counted along.

import { addCounts, countRefusal, noCounts } from "../../intake/counts.ts";
import type { IntakeCounts } from "../../intake/counts.ts";
import { compileMapping } from "../../intake/apply.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import type { IntakeSink, Origin } from "../../intake/sink.ts";
import { unmappedWalker } from "../../intake/unmapped.ts";
import { DRAWN_DOCUMENTS } from "../../intake/unmapped/drawn.ts";
import type { SourceItem } from "../../sources/source.ts";
import { StepBack } from "./step-back.ts";

/** Takes the records of one input. */
export interface StrictRecords {
  /** A record as its source gives it. */
  take(item: SourceItem): void;
  /** An entry that was read without it. */
  accept(values: readonly unknown[], present: number, line: number, bytes: () => Uint8Array): void;
  /**
   * Counts so many entries that the caller hands to the fold itself.
   *
   * @param present fields that are there in any of them, as a bit mask in the fields' order
   */
  acceptMany(entries: number, present: number): void;
  /** Records so far. */
  readonly taken: number;
  /** What was counted so far. */
  counts(): IntakeCounts;
}

/**
 * Takes records for a sink.
 *
 * @param fileIndex ordinal of the input in the plan
 * @param rejections whether the bytes of rejected records are wanted
 */
export function strictRecords(
  { file, mapping }: PlannedInput,
  fileIndex: number,
  sink: IntakeSink,
  rejections: boolean,
): StrictRecords {
  const counts = noCounts();
  const walker = unmappedWalker(mapping, counts.drawn);
  let documents = 0;
  let fast = 0;
  let present = 0;
  const origin = new FastOrigin(file.name, fileIndex);

  const refuse = ({ line, reason, message, bytes, length }: Refused): void => {
    countRefusal(counts, reason);
    sink.refuse({ file: file.name, line, reason, message, bytes, length });
  };
  const program = compileMapping(mapping, counts, {
    action(values, { line, position, bytes }) {
      counts.accepted += 1;
      sink.accept(values, { file: file.name, fileIndex, line, position, bytes });
    },
    refuse: (line, message, bytes) =>
      refuse({ line, reason: "not-an-entry", message, bytes, length: bytes.length }),
  });

  return {
    take(item) {
      if (item.reason !== undefined) {
        refuse(item);
        return;
      }
      const { value, line, bytes } = item;
      documents += 1;
      counts.unsafeIntegers += item.unsafeIntegers;
      walker.offer(value, bytes);
      program.take(value, line, bytes);
    },
    accept(values, there, line, bytes) {
      fast += 1;
      present |= there;
      origin.line = line;
      origin.bytesOf = rejections ? bytes : NO_BYTES;
      sink.accept(values, origin);
    },
    acceptMany(entries, there) {
      if (entries === 0) return;
      fast += entries;
      present |= there;
    },
    get taken() {
      return counts.records + fast;
    },
    counts() {
      // Which records show what no field reads depends on the bytes of all of them.
      if (counts.drawn.some(({ unmapped }) => unmapped.length > 0)) {
        throw new StepBack("a record has more than the fields of an entry");
      }
      const whole = noCounts();
      addCounts(whole, { ...counts, drawn: [] });
      whole.records += fast;
      whole.actions += fast;
      whole.accepted += fast;
      whole.present |= present;
      for (let mark = 0; mark < Math.min(DRAWN_DOCUMENTS, documents + fast); mark += 1) {
        whole.drawn.push({ mark: 0, records: 1, unmapped: [] });
      }
      return whole;
    },
  };
}

type Refused = Extract<SourceItem, { length: number }>;

const NO_BYTES = (): Uint8Array => new Uint8Array();

/** Makes its view of the bytes only when asked. */
class FastOrigin implements Origin {
  readonly file: string;
  readonly fileIndex: number;
  readonly position = 1;
  line = 0;
  bytesOf: () => Uint8Array = NO_BYTES;

  constructor(file: string, fileIndex: number) {
    this.file = file;
    this.fileIndex = fileIndex;
  }

  get bytes(): Uint8Array {
    return this.bytesOf();
  }
}
