// The characters that `trim` takes off.

/** Tab, line feed, vertical tab, form feed, carriage return, space. */
export const ASCII_SPACE = "\t\n\v\f\r ";
