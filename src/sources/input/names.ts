// How files are called in reports: never by where they lie on this machine, and no two alike.

/** A file by the part of its path that the user did not name, and by its whole path. */
export interface NamedFile {
  /** Relative to the folder or pattern that was named; of a file that was named itself, its own name. */
  readonly relative: string;
  /** With `/`. */
  readonly absolute: string;
}

/**
 * A name for each file: the relative one, with as many folders before it as it takes to be
 * the only one of its name.
 */
export function uniqueNames(files: readonly NamedFile[]): string[] {
  const parts = files.map(({ absolute }) => absolute.split("/").filter((part) => part !== ""));
  const lengths = files.map(({ relative }) => relative.split("/").length);
  for (;;) {
    const names = parts.map((path, index) => path.slice(-(lengths[index] ?? 1)).join("/"));
    const counts = new Map<string, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    let changed = false;
    for (const [index, name] of names.entries()) {
      if ((counts.get(name) ?? 0) < 2 || (lengths[index] ?? 0) >= (parts[index]?.length ?? 0)) {
        continue;
      }
      lengths[index] = (lengths[index] ?? 1) + 1;
      changed = true;
    }
    if (!changed) return names;
  }
}
