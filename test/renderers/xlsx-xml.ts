// Reads the XML of a workbook strictly, so that a part that is not well-formed fails a test, and a
// workbook's cells as a spreadsheet program would.

import { strFromU8, unzipSync } from "fflate";

/** An element; its text is what stands directly in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const TOKEN = /<\?[^?]*\?>|<\/?[^<>]*>|[^<]+/gy;
const ATTRIBUTE = /\s+([A-Za-z][\w:.-]*)="([^"<]*)"/gy;
const TAG = /^<([A-Za-z][\w:.-]*)((?:\s+[A-Za-z][\w:.-]*="[^"<]*")*)\s*(\/?)>$/;
/** What XML 1.0 (production 2) does not allow, and the controls from which it dissuades. */
const ILLEGAL = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/u;

/** The root element. Throws where the text is not well-formed. */
export function parseXml(text: string): Element {
  if (ILLEGAL.test(text)) throw new Error("a character that XML does not allow");
  const root = { name: "", attributes: {}, children: [] as Element[], text: "" };
  const open: (typeof root)[] = [root];
  let end = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (index !== end) throw new Error(`no token at ${end}`);
    end += token.length;
    const top = open.at(-1) ?? root;
    if (token.startsWith("<?")) {
      if (index !== 0) throw new Error("a declaration in the middle");
    } else if (token.startsWith("</")) {
      if (token !== `</${top.name}>` || open.length === 1) throw new Error(`unexpected ${token}`);
      open.pop();
    } else if (token.startsWith("<")) {
      const [, name = "", attributes = "", closed] = TAG.exec(token) ?? [];
      if (name === "") throw new Error(`no tag: ${token}`);
      const element = { name, attributes: readAttributes(attributes), children: [], text: "" };
      top.children.push(element);
      if (closed === "") open.push(element);
    } else {
      top.text += unescaped(token);
    }
  }
  const [only, second] = root.children;
  if (end !== text.length || open.length !== 1 || only === undefined || second !== undefined) {
    throw new Error("not one whole element");
  }
  return only;
}

function readAttributes(text: string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [, name = "", value = ""] of text.matchAll(ATTRIBUTE)) {
    if (Object.hasOwn(read, name)) throw new Error(`${name} twice`);
    read[name] = unescaped(value);
  }
  return read;
}

function unescaped(text: string): string {
  return text.replace(/&(\w*);?/g, (whole, name: string) => {
    const meant = { amp: "&", lt: "<", gt: ">", quot: '"' }[name];
    if (meant === undefined || !whole.endsWith(";")) throw new Error(`unknown entity ${whole}`);
    return meant;
  });
}

/** ST_Xstring back to text. */
export function fromXstring(text: string): string {
  return text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** All elements of a name below another. */
export function allNamed(element: Element, name: string): readonly Element[] {
  return element.children.flatMap((child) => [
    ...(child.name === name ? [child] : []),
    ...allNamed(child, name),
  ]);
}

/** A workbook's parts by name, each parsed. */
export function partsOf(workbook: Uint8Array): ReadonlyMap<string, Element> {
  return new Map(
    Object.entries(unzipSync(workbook)).map(([name, bytes]) => [name, parseXml(strFromU8(bytes))]),
  );
}

/** A cell's text or number, by its address; cells without either are left out. */
export function cellsOf(sheet: Element): ReadonlyMap<string, string | number> {
  return new Map(
    allNamed(sheet, "c").flatMap((cell): [string, string | number][] => {
      const address = cell.attributes["r"] ?? "";
      const [value] = allNamed(cell, "v");
      const [text] = allNamed(cell, "t");
      if (value !== undefined) return [[address, Number(value.text)]];
      return text === undefined ? [] : [[address, fromXstring(text.text)]];
    }),
  );
}
