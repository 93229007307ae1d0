// Unpacks one Zstandard frame: with Node's own decompressor where it has one (from 22.15), with
// fzstd elsewhere, which does not check the check sum.

import * as zlib from "node:zlib";
import type { Transform } from "node:stream";
import { Decompress } from "fzstd";
import type { Damage } from "../damage.ts";
import { DAMAGED, STEPWISE, ZlibDriver } from "./through-zlib.ts";

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

/** A decoder for the next frame. */
export function openFrame(): FrameDecoder {
  return createNative === undefined ? openPortable() : openNative(createNative(STEPWISE));
}

type CreateDecompress = (options: typeof STEPWISE) => Transform & zlib.Zlib;

const createNative = (zlib as { readonly createZstdDecompress?: CreateDecompress })
  .createZstdDecompress;

function openNative(transform: Transform & zlib.Zlib): FrameDecoder {
  const driver = new ZlibDriver(transform);
  return {
    async *write(block, last) {
      yield* driver.write(block);
      if (last) yield* driver.end();
    },
    close: () => {
      driver.close();
    },
  };
}

function openPortable(): FrameDecoder {
  let results: Buffer[] = [];
  const decompress = new Decompress((bytes) => {
    results.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
  return {
    async *write(block, last) {
      results = [];
      let damaged = false;
      try {
        decompress.push(block, last);
      } catch {
        damaged = true;
      }
      for (const result of results) if (result.length > 0) yield result;
      if (damaged) yield { damage: DAMAGED };
    },
    close: () => undefined,
  };
}
