// Holds files against the published JSON Schemas (draft 2020-12) and says the first mistake
// in a sentence, at its line.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { didYouMean } from "./suggestion.ts";
import type { Path, Pointer, YamlFile } from "./yaml-file.ts";

/** The kinds of catalog files, named as their schemas are. */
export type FileKind =
  | "measure"
  | "framework"
  | "definitions"
  | "mapping"
  | "configuration"
  | "translation";

/**
 * Checks a file's form. Afterwards its value has the shape that the schema describes.
 *
 * @throws ComplianceError `invalid-catalog` at the first mistake
 */
export function checkForm(yaml: YamlFile, kind: FileKind): void {
  const validate = validatorOf(kind);
  if (validate(yaml.value)) return;
  const mistakes = (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== "if")
    .map((error) => mistakeOf(error, yaml.value));
  // A mistyped key is also a missing one; what was written says more than what was not.
  const worst = mistakes.sort((a, b) => a.rank - b.rank)[0];
  if (worst === undefined) return;
  throw yaml.refuse(worst.path, worst.reason, worst.pointer);
}

const validators = new Map<FileKind, ValidateFunction>();
let ajv: Ajv2020 | undefined;

/** Compiled when first needed, once a process. */
function validatorOf(kind: FileKind): ValidateFunction {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  ajv ??= newValidator();
  const schema = JSON.parse(readFileSync(schemaUrl(kind), "utf8")) as object;
  const compiled = ajv.compile(schema);
  validators.set(kind, compiled);
  return compiled;
}

/** Loaded on demand: a report of the packaged frameworks needs no validator. */
function newValidator(): Ajv2020 {
  const require = createRequire(import.meta.url);
  const library = require("ajv/dist/2020.js") as { Ajv2020: typeof Ajv2020 };
  // The meta-schema's own compilation takes longer than all else; a test holds our schemas to it.
  return new library.Ajv2020({
    allErrors: true,
    verbose: true,
    meta: false,
    validateSchema: false,
    strictTypes: false,
    code: { optimize: false },
  });
}

/** Where a schema lies; the same from `src/catalog` and from `dist/catalog`. */
export function schemaUrl(kind: FileKind): URL {
  return new URL(`../../schemas/${kind}.schema.json`, import.meta.url);
}

interface Mistake {
  readonly rank: number;
  readonly path: Path;
  readonly reason: string;
  readonly pointer: Pointer;
}

function mistakeOf(error: ErrorObject, root: unknown): Mistake {
  const path = pathOf(error.instancePath, root);
  const name = nameOf(path);
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case "additionalProperties": {
      const key = String(params["additionalProperty"]);
      return {
        rank: 0,
        path: [...path, key],
        reason: `unknown key "${key}"${within(path)}`,
        pointer: { atKey: true, hint: keyHint(key, error) },
      };
    }
    case "dependentRequired":
      return {
        rank: 3,
        path,
        reason: `"${String(params["property"])}" needs "${String(params["missingProperty"])}" beside it`,
        pointer: { atKey: true },
      };
    case "false schema":
      return {
        rank: 1,
        path,
        reason: `${name} is no key of a measure of kind ${kindOf(root)}`,
        pointer: { atKey: true },
      };
    case "propertyNames":
      return {
        rank: 0,
        path: [...path, String(params["propertyName"])],
        reason: `expected a name of small letters, digits and _, got "${String(params["propertyName"])}"`,
        pointer: { atKey: true },
      };
    case "required":
      return {
        rank: 3,
        path,
        reason: `expected the key "${String(params["missingProperty"])}"${within(path)}`,
        pointer: { atKey: true },
      };
    default:
      return { rank: 2, path, ...valueMistake(error, name, params) };
  }
}

function valueMistake(
  error: ErrorObject,
  name: string,
  params: Readonly<Record<string, unknown>>,
): { reason: string; pointer: Pointer } {
  const got = shown(error.data);
  const plain = (expected: string, hint?: string) => ({
    reason: `expected ${name} to be ${expected}, got ${got}`,
    pointer: { hint },
  });
  switch (error.keyword) {
    case "enum": {
      const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
      return plain(`one of ${allowed.join(", ")}`, didYouMean(String(error.data), allowed));
    }
    case "type": {
      const types = [params["type"]].flat().map((type) => TYPE_NAMES[String(type)] ?? String(type));
      const quotable = types.includes("text") && typeof error.data !== "object";
      return plain(types.join(" or "), quotable ? "Put the value in quotes." : undefined);
    }
    case "const":
      return plain(JSON.stringify(params["allowedValue"]));
    case "pattern":
      return plain(`text that matches ${String(params["pattern"])}`);
    case "minLength":
    case "minItems":
    case "minProperties":
      return { reason: `expected ${name} not to be empty`, pointer: {} };
    case "uniqueItems":
      return { reason: `expected ${name} to name nothing twice`, pointer: {} };
    case "minimum":
    case "exclusiveMinimum":
    case "maximum":
      return plain(`${String(params["comparison"])} ${String(params["limit"])}`);
    default:
      return { reason: `${name} ${error.message ?? "is not as the schema says"}`, pointer: {} };
  }
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "text",
  integer: "a whole number",
  number: "a number",
  object: "a mapping",
  array: "a list",
  null: "null",
};

function shown(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a mapping";
  return JSON.stringify(value);
}

function keyHint(key: string, error: ErrorObject): string | undefined {
  const schema = error.parentSchema as { properties?: object } | undefined;
  const known = Object.keys(schema?.properties ?? {});
  return didYouMean(key, known) ?? `Known keys: ${known.join(", ")}.`;
}

function kindOf(root: unknown): string {
  return String((root as { kind?: unknown } | null)?.kind);
}

/** The steps of a JSON pointer (RFC 6901); those into lists as numbers. */
function pathOf(pointer: string, root: unknown): Path {
  const path: (string | number)[] = [];
  let value = root;
  for (const part of pointer.split("/").slice(1)) {
    const step = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(value) ? Number(step) : step);
    value = (value as Readonly<Record<string, unknown>> | undefined)?.[step];
  }
  return path;
}

function nameOf(path: Path): string {
  const step = path.at(-1);
  if (step === undefined) return "the file";
  return typeof step === "number" ? `item ${step + 1}${within(path.slice(0, -1))}` : `"${step}"`;
}

function within(path: Path): string {
  const keys = path.filter((step) => typeof step === "string");
  return keys.length === 0 ? "" : ` in "${keys.at(-1) ?? ""}"`;
}
