// JSON text in the form that the Python original writes: ASCII only, ", " and ": " between
// parts, keys in their own order. Whatever is handed in becomes text; nothing makes it fail.

/** Changes what is written, without changing the values. */
export interface JsonTextOptions {
  /** Gives the text to write in place of a text or a key. */
  readonly replaceText?: (text: string) => string;
  /** Gives the text to write in place of a member's whole value, or undefined to write the value. */
  readonly replaceMember?: (key: string, value: unknown) => string | undefined;
}

/**
 * Writes a value as JSON. What JSON cannot hold becomes text: numbers that are not finite
 * and integers beyond 2^53 - 1 their name or digits, a Date its ISO form, an Error its
 * message, bytes their Base64, a function `[function name]`. A Map becomes an object, a Set
 * an array; undefined members are left out. An object inside itself becomes `[circular]`,
 * one deeper than 200 levels `[nested too deep]`, one whose members cannot be read
 * `[unreadable]`; after a million values each further one is `[cut off]`.
 */
export function jsonText(value: unknown, options: JsonTextOptions = {}): string {
  const writer = { options, ancestors: new Set<object>(), values: 0 };
  return write(value, "", writer) ?? "null";
}

const MAX_DEPTH = 200;
const MAX_VALUES = 1_000_000;

interface Writer {
  readonly options: JsonTextOptions;
  readonly ancestors: Set<object>;
  values: number;
}

/** The JSON text, or undefined for a value that is left out. */
function write(value: unknown, key: string, writer: Writer): string | undefined {
  writer.values += 1;
  if (writer.values > MAX_VALUES) return quote("[cut off]");
  switch (typeof value) {
    case "undefined":
      return undefined;
    case "boolean":
      return String(value);
    case "number":
      return writeNumber(value);
    case "bigint":
      return Number.isSafeInteger(Number(value)) ? String(value) : quote(String(value));
    case "string":
      return writeText(value, writer);
    case "symbol":
      return writeText(String(value), writer);
    case "function":
      return writeText(`[function ${value.name}]`, writer);
    case "object":
      return value === null ? "null" : writeObject(value, key, writer);
  }
}

function writeNumber(value: number): string {
  if (!Number.isFinite(value)) return quote(String(value));
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function writeText(text: string, writer: Writer): string {
  return quote(writer.options.replaceText?.(text) ?? text);
}

function writeObject(value: object, key: string, writer: Writer): string | undefined {
  if (writer.ancestors.has(value)) return quote("[circular]");
  if (writer.ancestors.size >= MAX_DEPTH) return quote("[nested too deep]");
  writer.ancestors.add(value);
  try {
    return writeMembers(value, key, writer);
  } catch {
    return quote("[unreadable]");
  } finally {
    writer.ancestors.delete(value);
  }
}

function writeMembers(value: object, key: string, writer: Writer): string | undefined {
  if (ArrayBuffer.isView(value)) {
    return quote(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64"));
  }
  if (value instanceof ArrayBuffer) return quote(Buffer.from(value).toString("base64"));
  if ("toJSON" in value && typeof value.toJSON === "function") {
    const replacement: unknown = Reflect.apply(value.toJSON, value, [key]);
    return replacement === value ? writeRecord(value, writer) : write(replacement, key, writer);
  }
  if (value instanceof Error || value instanceof RegExp) return writeText(String(value), writer);
  if (value instanceof Map) {
    return writePairs(
      [...value].map(([name, member]) => [nameOf(name), member]),
      writer,
    );
  }
  if (value instanceof Set) return writeList([...value], writer);
  return Array.isArray(value) ? writeList(value, writer) : writeRecord(value, writer);
}

function writeRecord(value: object, writer: Writer): string {
  return writePairs(Object.entries(value), writer);
}

function writeList(values: readonly unknown[], writer: Writer): string {
  const parts: string[] = [];
  for (let index = 0; index < values.length; index += 1) {
    parts.push(write(values[index], String(index), writer) ?? "null");
  }
  return `[${parts.join(", ")}]`;
}

function writePairs(pairs: Iterable<readonly [string, unknown]>, writer: Writer): string {
  const parts: string[] = [];
  for (const [name, value] of pairs) {
    const replacement = writer.options.replaceMember?.(name, value);
    const text = replacement === undefined ? write(value, name, writer) : quote(replacement);
    if (text !== undefined) parts.push(`${writeText(name, writer)}: ${text}`);
  }
  return `{${parts.join(", ")}}`;
}

function nameOf(key: unknown): string {
  return typeof key === "string" ? key : jsonText(key);
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
