// The bytes that give a JSON text its structure.

export const LINE_FEED = 0x0a;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

/** Space, tab, line feed, carriage return. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09;
}

/** What may follow a string. */
export function endsValue(byte: number | undefined): boolean {
  return (
    byte === COMMA ||
    byte === COLON ||
    byte === CLOSE_LIST ||
    byte === CLOSE_OBJECT ||
    isSpace(byte)
  );
}
