// The path of a URL as somebody wrote it.

/**
 * What stands between the host and `?` or `#`, without the first `/`; empty when there is none.
 * The parser's own `pathname` takes `.` and `..` for steps on the way, so that a database of that
 * name would silently become another one.
 */
export function writtenPath(url: string): string {
  const [, path = ""] = /^\s*[^/?#]*:\/\/[^/?#]*\/?([^?#]*)/.exec(url) ?? [];
  // The parser passes over these wherever they stand, and over spaces and controls at the end.
  return path.replaceAll(/[\t\n\r]/g, "").replace(/[\0- ]+$/, "");
}
