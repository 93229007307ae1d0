// Answers remembered by value. Logs repeat themselves: most fields have few values. Where they
// do not, remembering costs more than it saves, and is given up for a while.

/** How many values an answer is remembered for. */
const REMEMBERED = 4096;
/** Longer texts are not kept, so that a log of long texts does not stay in memory. */
const LONGEST_REMEMBERED = 256;
/** For how many questions remembering is given up after it did not pay. */
const PAUSE = 65_536;

/** The same function, which remembers its answers as long as that pays. */
export function remembering<Value, Answer extends {} | null>(
  answerTo: (value: Value) => Answer,
): (value: Value) => Answer {
  const answers = new Map<Value, Answer>();
  let hits = 0;
  let pause = 0;
  return (value) => {
    if (pause > 0) {
      pause -= 1;
      return answerTo(value);
    }
    const known = answers.get(value);
    if (known !== undefined) {
      hits += 1;
      return known;
    }
    const answer = answerTo(value);
    if (typeof value === "string" && value.length > LONGEST_REMEMBERED) return answer;
    if (answers.size >= REMEMBERED) {
      if (hits < REMEMBERED) pause = PAUSE;
      hits = 0;
      answers.clear();
    }
    answers.set(value, answer);
    return answer;
  };
}
