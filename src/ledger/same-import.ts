// Whether what is asked for now is what a folder was begun or made with.

import { ComplianceError } from "../model/error.ts";
import type { Asked } from "./checkpoint.ts";
import type { LedgerManifest } from "./manifest.ts";

/**
 * The first thing in which two imports differ, in words; undefined when they are the same.
 *
 * @param exactly whether the files must come out the same too: same versions, same time
 */
export function difference(before: Asked, now: Asked, exactly: boolean): string | undefined {
  if (before.inputs.length !== now.inputs.length) {
    return `it had ${before.inputs.length} inputs, and now there are ${now.inputs.length}`;
  }
  for (const [index, input] of before.inputs.entries()) {
    const other = now.inputs[index];
    if (input.name !== other?.name)
      return `input ${index + 1} was ${input.name}, not ${other?.name}`;
    if (input.bytes !== other.bytes && input.bytes !== undefined && other.bytes !== undefined) {
      return `${input.name} had ${input.bytes} bytes, and now it has ${other.bytes}`;
    }
    if (input.kind !== other.kind)
      return `${input.name} was read as ${input.kind}, not ${other.kind}`;
    if (input.mapping !== other.mapping) {
      return `${input.name} was read by the mapping ${input.mapping}, not ${other.mapping}`;
    }
  }
  for (const { id, digest } of before.mappings) {
    const other = now.mappings.find((mapping) => mapping.id === id);
    if (digest !== other?.digest) return `the mapping ${id} is another than it was`;
  }
  if (!sameJson(before.options, now.options)) return "it was read with other options";
  if (!exactly) return undefined;
  if (before.layout !== now.layout || !sameJson(before.tool, now.tool)) {
    return `${before.tool.name} ${before.tool.version} began it, and this is ${now.tool.version}`;
  }
  if (before.part_rows !== now.part_rows) {
    return `its parts have ${before.part_rows} entries at most, not ${now.part_rows}`;
  }
  if (before.writer !== now.writer) return `${before.writer} wrote it, and this is ${now.writer}`;
  return undefined;
}

/** What a finished ledger was made with; nothing of how its files came about. */
export function askedFor(manifest: LedgerManifest): Asked {
  const { schema_version: layout, tool, writer, options, mappings, inputs } = manifest;
  return { layout, tool, writer, options, part_rows: 0, mappings, inputs };
}

/** The error for a folder of another import. */
export function otherImport(folder: string, state: string, differs: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `expected a new folder or one of the same import, but it has ${state} of another: ${differs}`,
    { location: { file: folder }, hint: "Name another folder, or remove this one." },
  );
}

/** Of objects whose keys come in one order. */
function sameJson(left: object, right: object): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
