// The byte order mark with which some programs begin a UTF-8 file.

/** Where the text begins: behind the mark, if one stands at `start`. */
export function afterMark(bytes: Uint8Array, start: number, end: number): number {
  const marked =
    end - start >= 3 &&
    bytes[start] === 0xef &&
    bytes[start + 1] === 0xbb &&
    bytes[start + 2] === 0xbf;
  return marked ? start + 3 : start;
}
