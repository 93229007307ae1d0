// Where an object names a key for the second time.

/**
 * Position (from 1, in characters) of the first key that its object has already, also when
 * the two are written differently; undefined when there is none.
 *
 * @param text a valid JSON text
 */
export function secondKey(text: string): number | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const match of text.matchAll(STRING_OR_BRACKET)) {
    const [token, , colon] = match;
    if (token === "{") {
      open.push(new Set());
    } else if (token === "[") {
      open.push(undefined);
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (colon !== undefined) {
      const key = JSON.parse(match[1] ?? "") as string;
      const keys = open.at(-1);
      if (keys?.has(key) === true) return match.index + 1;
      keys?.add(key);
    }
  }
  return undefined;
}

const STRING_OR_BRACKET = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/gs;
