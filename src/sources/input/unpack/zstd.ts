// Unpacks Zstandard (RFC 8878): any number of frames, skippable ones between them. The frames
// are taken apart here, so that every decompressor gets one frame, block by block.

import { isDamage, type Damage } from "../damage.ts";
import { CUT_OFF, DAMAGED } from "./through-zlib.ts";
import { StoredReader } from "./stored-reader.ts";
import { readFrameHeader, type FrameHeader } from "./zstd-frame.ts";
import { openFrame } from "./zstd-decoder.ts";

/**
 * The unpacked bytes; damage at the end when the data is damaged or cut off, or when
 * something else follows it.
 *
 * @param stored is not closed
 * @param path of the file, for errors
 * @throws ComplianceError `unsupported-source` when this Node cannot unpack such a frame
 */
export async function* unpackZstd(
  stored: AsyncGenerator<Buffer | Damage, void, undefined>,
  path: string,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const reader = new StoredReader(stored);
  while ((await reader.available(1)) > 0) {
    const header = await readFrameHeader(reader);
    if (header === undefined) {
      if ((await reader.available(1)) === 0) break;
      continue;
    }
    if ("damage" in header) {
      yield reader.damage ?? header;
      return;
    }
    for await (const piece of unpackFrame(reader, header, path)) {
      yield piece;
      if (isDamage(piece)) return;
    }
  }
  if (reader.damage !== undefined) yield reader.damage;
}

const LARGEST_BLOCK = 1 << 17;
const [RAW, REPEATED, RESERVED] = [0, 1, 3];

async function* unpackFrame(
  reader: StoredReader,
  header: FrameHeader,
  path: string,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const decoder = openFrame(header, path);
  try {
    let ahead = header.bytes;
    for (let last = false; !last;) {
      const head = await reader.take(3);
      if (head === undefined) return yield reader.damage ?? { damage: CUT_OFF };
      const word = head.readUIntLE(0, 3);
      last = (word & 1) === 1;
      const type = (word >> 1) & 3;
      const size = word >> 3;
      if (type === RESERVED || size > LARGEST_BLOCK) return yield { damage: DAMAGED };
      const content = await reader.take(
        (type === REPEATED ? 1 : size) + (last ? header.checksumBytes : 0),
      );
      if (content === undefined) return yield reader.damage ?? { damage: CUT_OFF };
      if (size === 0 && type === RAW && !last) continue;
      const block = Buffer.concat([ahead, head, content]);
      ahead = Buffer.alloc(0);
      for await (const piece of decoder.write(block, last)) {
        yield piece;
        if (isDamage(piece)) return;
      }
    }
  } finally {
    decoder.close();
  }
}
