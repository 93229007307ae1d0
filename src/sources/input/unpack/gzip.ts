// Unpacks gzip (RFC 1952): any number of members, zero bytes behind the last.

import { createGunzip } from "node:zlib";
import { isDamage, type Damage } from "../damage.ts";
import { STEP_BYTES, STEPWISE, ZlibDriver } from "./through-zlib.ts";

/**
 * The unpacked bytes; damage at the end when the data is damaged or cut off, when its check
 * sum is wrong, or when something else follows it.
 *
 * @param stored is not closed
 */
export async function* unpackGzip(
  stored: AsyncGenerator<Buffer | Damage, void, undefined>,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const driver = new ZlibDriver(createGunzip(STEPWISE));
  try {
    for (let next = await stored.next(); next.done !== true; next = await stored.next()) {
      const chunk = next.value;
      if (isDamage(chunk)) {
        yield chunk;
        return;
      }
      for (let at = 0; at < chunk.length; at += STEP_BYTES) {
        for await (const piece of driver.write(chunk.subarray(at, at + STEP_BYTES))) {
          yield piece;
          if (isDamage(piece)) return;
        }
      }
    }
    yield* driver.end();
  } finally {
    driver.close();
  }
}
