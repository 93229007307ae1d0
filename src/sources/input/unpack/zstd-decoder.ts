// Unpacks one Zstandard frame: with Node's own decompressor where it has one (from 22.15), with
// the portable one elsewhere.

import * as zlib from "node:zlib";
import type { Transform } from "node:stream";
import type { FrameDecoder } from "./frame-decoder.ts";
import { STEPWISE, ZlibDriver } from "./through-zlib.ts";
import type { FrameHeader } from "./zstd-frame.ts";
import { openPortable } from "./zstd-portable.ts";

/**
 * A decoder for the next frame.
 *
 * @param path of the file, for errors
 * @throws ComplianceError `unsupported-source` when this Node cannot unpack such a frame
 */
export function openFrame(header: FrameHeader, path: string): FrameDecoder {
  return createNative === undefined
    ? openPortable(header, path)
    : openNative(createNative(STEPWISE));
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
