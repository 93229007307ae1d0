// Whether an SVG is a picture and nothing else. It is taken apart strictly: what this reader does
// not understand is refused, so that no other reader can understand it as something more.

/** Tags, comments, the XML declaration, and text. Anything else does not match. */
const TOKEN =
  /<!--(?:(?!--)[^])*-->|<\?xml [^<>?]*\?>|<\/([\w:.-]+)\s*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|([^<]+)/gy;

const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Elements that run, embed or change something, by their local name in small letters. */
const REFUSED_ELEMENTS: ReadonlySet<string> = new Set([
  "script",
  "foreignobject",
  "iframe",
  "object",
  "embed",
  "audio",
  "video",
  "canvas",
  "handler",
  "listener",
  "animate",
  "animatecolor",
  "animatemotion",
  "animatetransform",
  "set",
  "discard",
]);

/**
 * What is wrong with an SVG, as the end of a sentence; undefined when nothing is.
 *
 * @param svg its text; undefined when its bytes are no UTF-8
 */
export function svgMistake(svg: string | undefined): string | undefined {
  if (svg === undefined) return "it is no UTF-8";
  const text = svg.replace(/^\ufeff/, "");
  const open: string[] = [];
  let at = 0;
  let roots = 0;
  for (const [whole, closing, opening, attributes = "", empty, content] of text.matchAll(TOKEN)) {
    at += whole.length;
    if (closing !== undefined) {
      if (open.pop() !== closing) return `</${closing}> closes nothing`;
    } else if (opening !== undefined) {
      const mistake = elementMistake(opening, attributes);
      if (mistake !== undefined) return mistake;
      if (open.length === 0) {
        roots += 1;
        if (localName(opening) !== "svg") return "it begins with something else than <svg>";
      }
      if (empty !== "/") open.push(opening);
    } else if (content !== undefined) {
      const written = decoded(content);
      if (written === undefined) return "it has an entity of its own";
      if (open.length === 0 && written.trim() !== "") return "there is text around its <svg>";
      if (localName(open.at(-1) ?? "") === "style" && isStyleUnsafe(written)) {
        return "its style sheet refers to something outside";
      }
    }
  }
  if (at < text.length) {
    return /^<!DOCTYPE/i.test(text.slice(at))
      ? "it has a document type"
      : "it is no well-formed XML without processing instructions and CDATA";
  }
  return roots === 1 && open.length === 0 ? undefined : "it is no well-formed XML";
}

function elementMistake(name: string, attributes: string): string | undefined {
  if (REFUSED_ELEMENTS.has(localName(name))) return `it has the element <${name}>`;
  for (const [, key = "", double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = decoded(double ?? single ?? "");
    if (value === undefined) return "it has an entity of its own";
    const local = localName(key);
    if (local.startsWith("on")) return `it has the event attribute ${key}`;
    if (local === "base" || local === "src" || local === "srcset") {
      return `it has the attribute ${key}`;
    }
    if (local === "href" && !isInside(value)) return `${key} refers to something outside`;
    if (isDrawn(key) && isStyleUnsafe(value)) return `${key} refers to something outside`;
  }
  return undefined;
}

/** Whether an attribute can be read as CSS: not names, notes and what editors keep for themselves. */
function isDrawn(key: string): boolean {
  return !/^(?:xmlns$|href$|aria-|data-)|:/.test(key);
}

/** A place in the same file, or a picture of pixels that is written out. */
function isInside(reference: string): boolean {
  return (
    /^\s*#/.test(reference) ||
    /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=\s]*$/.test(reference)
  );
}

/** Escapes hide words from us; at-rules load; so do these functions, unless they name an id. */
function isStyleUnsafe(css: string): boolean {
  return (
    /\\|@(?!media\b)|image-set|src\s*\(|javascript:/i.test(css) ||
    /url\s*\((?!\s*["']?\s*#)/i.test(css)
  );
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1).toLowerCase();
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Text with its entities resolved; undefined when it has others than those of XML itself. */
function decoded(text: string): string | undefined {
  let unknown = false;
  const plain = text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));|&/gi, (_, decimal, hex, name) => {
    const code = decimal === undefined ? Number.parseInt(String(hex), 16) : Number(decimal);
    if (code <= 0x10_ff_ff) return String.fromCodePoint(code);
    const character = ENTITIES[String(name)];
    unknown ||= character === undefined;
    return character ?? "";
  });
  return unknown ? undefined : plain;
}
