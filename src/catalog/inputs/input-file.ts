// A file that a configuration names.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ComplianceError } from "../../model/error.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

/**
 * The text of a file and the SHA-256 of its bytes.
 *
 * @param name as it was written, at the path
 * @throws ComplianceError `unreadable-source`, or `invalid-catalog` when it is no UTF-8
 */
export function readInputFile(
  yaml: YamlFile,
  path: Path,
  name: string,
  file: string,
): { readonly text: string; readonly sha256: string } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    const { location } = yaml.refuse(path, "");
    throw new ComplianceError("unreadable-source", `cannot read the file ${name}`, {
      cause,
      hint: "Paths are relative to the file that names them.",
      ...(location === undefined ? {} : { location }),
    });
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, sha256: createHash("sha256").update(bytes).digest("hex") };
  } catch (cause) {
    throw new ComplianceError("invalid-catalog", "expected UTF-8 text, came other bytes", {
      cause,
      hint: "Save the file as UTF-8.",
      location: { file },
    });
  }
}
