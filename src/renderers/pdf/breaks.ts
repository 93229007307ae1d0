// Where a word that is longer than its line may be parted. The places are kept beside the text
// and not in it, so that what is copied or searched in a PDF is what the log holds.

/** A word's next piece ends after one of these, and before the next letter; never in `⟨U+1F600⟩`. */
const AFTER_SIGN = /(?<=[/\\._:@,;=&?+|-])(?<!\u27e8U\+)(?=[^/\\._:@,;=&?+|\s-])/u;

/** Between the date and the time of an ISO 8601 instant. */
const BEFORE_TIME = /(?<=\dT)(?=\d)/u;

/** Letters of a piece where a word has no signs in it. */
const PIECE = 4;

/**
 * The text in pieces, between which a line may end without a hyphen. Joined, they are the text.
 *
 * @param room letters that a line holds at the least; shorter words stay whole
 */
export function pieces(text: string, room: number): readonly string[] {
  const found = [""];
  for (const word of text.length <= room ? [text] : text.split(/(\s+)/u)) {
    const [first = "", ...others] = word.length <= room ? [word] : parts(word, room);
    found[found.length - 1] += first;
    found.push(...others);
  }
  return found;
}

/** A long word in pieces: at the places that a reader expects, as far as they give short ones. */
function parts(word: string, room: number): string[] {
  const apart = (text: string, at: RegExp): string[] =>
    text.length <= room ? [text] : text.split(at);
  return apart(word, BEFORE_TIME)
    .flatMap((part) => apart(part, AFTER_SIGN))
    .flatMap((part) => (part.length <= room ? [part] : chopped(part)));
}

/** Every few letters, and never before a combining mark or within a surrogate pair or a `⟨U+…⟩`. */
function chopped(part: string): string[] {
  const letters = part.match(/\u27e8U\+[0-9A-F]+\u27e9|\P{M}\p{M}*|\p{M}+/gu) ?? [];
  const bits: string[] = [];
  let open = "";
  let count = 0;
  for (const letter of letters) {
    open += letter;
    count += letter.length > 4 ? PIECE : 1;
    if (count >= PIECE) {
      bits.push(open);
      open = "";
      count = 0;
    }
  }
  if (open !== "") bits.push(open);
  return bits;
}
