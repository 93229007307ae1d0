// Unpacks one Zstandard frame with fzstd, which does not check the check sum.

import { Decompress } from "fzstd";
import { ComplianceError } from "../../../model/error.ts";
import type { FrameDecoder } from "./frame-decoder.ts";
import { DAMAGED } from "./through-zlib.ts";
import type { FrameHeader } from "./zstd-frame.ts";

/**
 * A decoder for the next frame, on any Node.
 *
 * @param path of the file, for errors
 * @throws ComplianceError `unsupported-source` when the frame may refer back further than fzstd
 *   reads rightly
 */
export function openPortable({ window }: FrameHeader, path: string): FrameDecoder {
  if (window > LARGEST_WINDOW) throw tooFar(window, path);
  let results: Buffer[] = [];
  const decompress = new Decompress((bytes) => {
    results.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
  return {
    async *write(block, last) {
      results = [];
      let damaged = false;
      try {
        // Of a block that comes whole fzstd keeps the memory until the frame ends.
        decompress.push(block.subarray(0, -1), false);
        decompress.push(block.subarray(-1), last);
      } catch {
        damaged = true;
      }
      for (const result of results) if (result.length > 0) yield result;
      if (damaged) yield { damage: DAMAGED };
    },
    close: () => undefined,
  };
}

/**
 * A distance is stored as a number that is larger by 3, after a count of its bits. When that number
 * reaches 2^26 + 2^25, fzstd 0.1.1 may lose the highest of the bits and copies from the wrong place.
 */
const LARGEST_WINDOW = 2 ** 26 + 2 ** 25 - 4;

function tooFar(window: number, path: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `Expected zstd data that Node ${process.versions.node} can unpack, got a frame with a window of ${window} bytes in ${JSON.stringify(path)}`,
    {
      hint: "Use Node 22.15 or newer, or pack the file again with a smaller window, such as that of zstd --long=26.",
    },
  );
}
