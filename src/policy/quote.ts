// How text of a policy is shown in messages: in quotes, escaped, never long.

const SHOWN = 60;

/** The text in double quotes, control characters escaped, cut after 60 characters. */
export function quote(text: string): string {
  const characters = Array.from(text);
  const shown = characters.length > SHOWN ? `${characters.slice(0, SHOWN).join("")}…` : text;
  return JSON.stringify(shown);
}

/** Words as a list for reading: `a, b and c`. */
export function listOf(words: readonly string[], last: "and" | "or" = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
