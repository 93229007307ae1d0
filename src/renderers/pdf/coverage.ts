// Which characters a TrueType font can draw, from its `cmap` table (ISO/IEC 14496-22, 5.2.1),
// formats 4 and 12: what a font made for Unicode uses.

/** Code points with a glyph, without those of private use, whose shape says nothing. */
export type Coverage = ReadonlySet<number>;

/**
 * What every one of the fonts covers: a family's weights and slopes.
 *
 * @param fonts the bytes of TrueType files
 * @throws RangeError when one is cut short
 */
export function commonCoverageOf(fonts: readonly Uint8Array[]): Coverage {
  const [first, ...others] = fonts.map(coverageOf);
  return new Set(
    [...(first ?? [])].filter((point) => others.every((coverage) => coverage.has(point))),
  );
}

/**
 * What one font covers; nothing when it has no Unicode table of format 4 or 12.
 *
 * @throws RangeError when the file is cut short
 */
export function coverageOf(font: Uint8Array): Coverage {
  const covered = new Set<number>();
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const at = unicodeTable(view);
  if (at === undefined) return covered;
  const format = view.getUint16(at);
  if (format === 12) addGroups(covered, view, at);
  if (format === 4) addSegments(covered, view, at);
  return new Set([...covered].filter((point) => !isPrivate(point)));
}

/** PDF/A-3a refuses them. */
function isPrivate(point: number): boolean {
  return (point >= 0xe000 && point <= 0xf8ff) || point >= 0xf0000;
}

/** Platform and encoding of Unicode subtables, the fullest first. */
const UNICODE_TABLES = ["3 10", "0 6", "0 4", "3 1", "0 3"];

/** Where the fullest subtable for Unicode begins. */
function unicodeTable(view: DataView): number | undefined {
  const cmap = tableAt(view, "cmap");
  if (cmap === undefined) return undefined;
  const tables = new Map<string, number>();
  for (let index = 0; index < view.getUint16(cmap + 2); index += 1) {
    const record = cmap + 4 + index * 8;
    const encoding = `${view.getUint16(record)} ${view.getUint16(record + 2)}`;
    tables.set(encoding, cmap + view.getUint32(record + 4));
  }
  const fullest = UNICODE_TABLES.find((encoding) => tables.has(encoding));
  return fullest === undefined ? undefined : tables.get(fullest);
}

/** Where a table of the font begins. */
function tableAt(view: DataView, tag: string): number | undefined {
  const wanted = Array.from(tag).reduce((sum, letter) => sum * 256 + letter.charCodeAt(0), 0);
  for (let index = 0; index < view.getUint16(4); index += 1) {
    const record = 12 + index * 16;
    if (view.getUint32(record) === wanted) return view.getUint32(record + 8);
  }
  return undefined;
}

/** Format 12: groups of code points whose glyphs follow one another. */
function addGroups(covered: Set<number>, view: DataView, at: number): void {
  for (let index = 0; index < view.getUint32(at + 12); index += 1) {
    const group = at + 16 + index * 12;
    const from = view.getUint32(group);
    const glyph = view.getUint32(group + 8);
    for (let point = from; point <= view.getUint32(group + 4); point += 1) {
      // Glyph 0 is the box that stands for what a font does not have.
      if (glyph + point - from !== 0) covered.add(point);
    }
  }
}

/** Format 4: segments of the first 65,536 code points, by distance or by a list of glyphs. */
function addSegments(covered: Set<number>, view: DataView, at: number): void {
  const twice = view.getUint16(at + 6);
  for (let offset = 0; offset < twice; offset += 2) {
    const to = view.getUint16(at + 14 + offset);
    const from = view.getUint16(at + 16 + twice + offset);
    const delta = view.getUint16(at + 16 + 2 * twice + offset);
    const rangeAt = at + 16 + 3 * twice + offset;
    const range = view.getUint16(rangeAt);
    for (let point = from; point <= to && point < 0xffff; point += 1) {
      const listed = range === 0 ? point : view.getUint16(rangeAt + range + 2 * (point - from));
      const missing = range !== 0 && listed === 0;
      if (!missing && ((listed + delta) & 0xffff) !== 0) covered.add(point);
    }
  }
}
