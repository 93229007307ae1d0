// Measures that ask a part of what one of the catalogue's measures asks, so that a criterion that
// speaks of that part only lists no entry that it does not speak of.

/** By the code of the whole: the codes of its parts. */
export const PARTS: Readonly<Record<string, readonly string[]>> = {
  // Card numbers, secrets, personal data, and all of these in the texts of errors.
  "DAT-01": ["DAT-01a", "DAT-01b", "DAT-01c", "DAT-01d"],
  // When, who, what, on what and with what outcome, without session, risk and decision.
  "LOG-02": ["LOG-02b"],
};

/** The codes, and those of which they ask a part. */
export function withWholes(codes: readonly string[]): string[] {
  const wholes = Object.entries(PARTS)
    .filter(([, parts]) => parts.some((part) => codes.includes(part)))
    .map(([whole]) => whole);
  return [...codes, ...wholes];
}
