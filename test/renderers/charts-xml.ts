// A strict reader of the XML that charts are made of: elements, attributes in double quotes, text
// with the five entities. Anything else is a mistake.

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

const TOKEN = /<(\/?)([a-zA-Z]+)((?: [a-zA-Z0-9:-]+="[^"<>]*")*)(\/?)>|([^<>]+)/gy;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["#39", "'"],
]);

/** The one element of a document. Throws where the text is not well-formed. */
export function parseXml(xml: string): Element {
  const root: Element = { name: "", attributes: new Map(), children: [], text: "" };
  const open = [root];
  let at = 0;
  for (const match of xml.matchAll(TOKEN)) {
    const [whole, closing, name = "", attributes = "", empty, content] = match;
    const parent = open.at(-1) ?? root;
    at += whole.length;
    if (content !== undefined) parent.text += decoded(content);
    else if (closing === "/") {
      if (open.pop()?.name !== name) throw new Error(`unexpected </${name}>`);
    } else {
      const child = { name, attributes: attributesOf(attributes), children: [], text: "" };
      parent.children.push(child);
      if (empty !== "/") open.push(child);
    }
  }
  const [only, ...more] = root.children;
  if (at !== xml.length) throw new Error(`no XML from ${xml.slice(at, at + 60)}`);
  if (only === undefined || more.length > 0 || open.length > 1) throw new Error("not one element");
  return only;
}

function attributesOf(written: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, key = "", value = ""] of written.matchAll(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g)) {
    if (attributes.has(key)) throw new Error(`${key} stands twice`);
    attributes.set(key, decoded(value));
  }
  return attributes;
}

function decoded(text: string): string {
  return text.replace(/&([^;]*;?)/g, (entity, name: string) => {
    const character = ENTITIES.get(name.replace(/;$/, ""));
    if (character === undefined || !name.endsWith(";")) throw new Error(`unknown ${entity}`);
    return character;
  });
}

/** The element and all below it. */
export function everyElement(element: Element): Element[] {
  return [element, ...element.children.flatMap(everyElement)];
}
