// The names of a table's columns.

/**
 * Names by which the cells of a row can be told apart: the second column of one name gets
 * ` (2)` behind it, and so on.
 */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set(header);
  const seen = new Set<string>();
  return header.map((name) => {
    let unique = name;
    for (let count = 2; seen.has(unique); count += 1) {
      const numbered = `${name} (${count})`;
      if (!taken.has(numbered)) unique = numbered;
    }
    seen.add(unique);
    return unique;
  });
}
