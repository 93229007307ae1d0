// Standard input and pipes: bytes that come once, of which the first are kept.

import { ComplianceError } from "../../model/error.ts";
import type { ByteStream } from "../source.ts";

/** How much of a stream is kept, so that it can be looked into before it is read. */
const KEPT_BYTES = 1 << 24;

/**
 * A stream that can be opened again until more than 16 MiB of it were read. It is opened by
 * one reader at a time.
 *
 * @param chunks the bytes; asked for only as a reader goes on
 * @param name how errors call the stream
 */
export function keepStart(chunks: AsyncIterable<Uint8Array>, name: string): ByteStream {
  const source = chunks[Symbol.asyncIterator]();
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let passed = false;
  let ended = false;

  let failure: unknown;

  const advance = async (): Promise<Buffer | undefined> => {
    if (failure !== undefined) throw failure;
    if (ended) return undefined;
    const { done, value } = await source.next().catch((error: unknown) => {
      failure = error;
      throw error;
    });
    if (done === true) {
      ended = true;
      return undefined;
    }
    const chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    keptBytes += chunk.length;
    if (keptBytes > KEPT_BYTES) {
      passed = true;
      kept.length = 0;
    } else {
      kept.push(chunk);
    }
    return chunk;
  };

  return {
    async *open() {
      if (passed) throw readBefore(name);
      for (let index = 0; ; index += 1) {
        const chunk: Buffer | undefined = passed ? undefined : kept[index];
        const next = chunk ?? (await advance());
        if (next === undefined) return;
        yield next;
      }
    },
  };
}

function readBefore(name: string): ComplianceError {
  return new ComplianceError(
    "closed",
    `Expected to read ${name} from its start, but it comes only once and was read already`,
    { hint: "Save it to a file and name the file." },
  );
}
