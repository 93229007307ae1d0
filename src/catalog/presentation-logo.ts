// The logo beside a configuration: PNG, JPEG, or an SVG that does nothing but stand there.

import { readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { ComplianceError } from "../model/error.ts";
import { formatCount } from "../model/figures.ts";
import type { Presentation } from "../model/report.ts";
import { svgMistake } from "./presentation-svg.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** A logo as it is written. */
export interface LogoFile {
  readonly file: string;
  readonly alt: string;
}

type Logo = NonNullable<Presentation["logo"]>;

/** It is carried by every report. */
const MOST_BYTES = 200_000;

/**
 * Reads and checks a logo. What it is, its bytes say, not its name.
 *
 * @throws ComplianceError `unreadable-source` when the file cannot be read, `invalid-catalog` when
 *   it is too large, no picture of these kinds, or an SVG that could do or load something
 */
export function logoAt(yaml: YamlFile, path: Path, { file, alt }: LogoFile): Logo {
  const here = [...path, "file"];
  const bytes = bytesAt(yaml, here, file);
  const mediaType = mediaTypeOf(bytes);
  if (mediaType === undefined) {
    throw yaml.refuse(here, `expected a PNG, JPEG or SVG file, got other bytes in "${file}"`, {
      hint: "Export the logo as PNG.",
    });
  }
  if (mediaType === "image/svg+xml") {
    const mistake = svgMistake(textOf(bytes));
    if (mistake !== undefined) {
      throw yaml.refuse(here, `expected an SVG that is nothing but a picture, but ${mistake}`, {
        hint: "Export it as plain SVG with its text as paths, or as PNG.",
      });
    }
  }
  const shown = alt.replace(/\s+/g, " ").trim();
  if (shown === "") throw yaml.refuse([...path, "alt"], 'expected "alt" not to be empty');
  return { mediaType, data: bytes.toString("base64"), alt: shown };
}

function bytesAt(yaml: YamlFile, path: Path, name: string): Buffer {
  const file = resolve(dirname(yaml.file ?? ""), name);
  let size: number;
  try {
    size = statSync(file).size;
    if (size <= MOST_BYTES) return readFileSync(file);
  } catch (cause) {
    const { location } = yaml.refuse(path, "");
    throw new ComplianceError("unreadable-source", `cannot read the file ${name}`, {
      cause,
      hint: "Paths are relative to the file that names them.",
      ...(location === undefined ? {} : { location }),
    });
  }
  throw yaml.refuse(
    path,
    `expected a logo of at most 200 KB (${formatCount(MOST_BYTES)} bytes), got ${formatCount(size)} bytes`,
    { hint: "Every report carries it; a small one will do." },
  );
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

function mediaTypeOf(bytes: Buffer): Logo["mediaType"] | undefined {
  if (bytes.subarray(0, PNG.length).equals(PNG)) return "image/png";
  if (bytes.subarray(0, JPEG.length).equals(JPEG)) return "image/jpeg";
  return /^\ufeff?\s*</.test(bytes.subarray(0, 200).toString("utf8")) ? "image/svg+xml" : undefined;
}

/** Undefined when the bytes are no UTF-8. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
