// What unpacks one Zstandard frame, block by block.

import type { Damage } from "../damage.ts";

/** Unpacks the blocks of one frame. */
export interface FrameDecoder {
  /**
   * What a block unpacks to.
   *
   * @param block with the frame's header before the first, its check sum behind the last
   */
  write(block: Buffer, last: boolean): AsyncIterable<Buffer | Damage>;
  close(): void;
}
