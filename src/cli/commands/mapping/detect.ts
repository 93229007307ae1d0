// Names the format of each file.

import { detectMappings, loadCatalog } from "../../../index.ts";
import type { Detection } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { noteSkipped, fileOptions } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { jsonDocument } from "../../shown.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings } from "../../theme.ts";

export interface DetectFlags extends ReadFlags {
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError when a file cannot be found or read */
export async function runDetect(logs: readonly string[], flags: DetectFlags): Promise<ExitCode> {
  const detections = await detectMappings(logs, {
    mappings: loadCatalog().mappings(),
    ...fileOptions(flags),
    onSkipped: noteSkipped(flags.quiet === true),
  });
  await print(
    flags.json === true
      ? jsonDocument(
          detections.map(({ file, format, packing, mapping, problem }) => ({
            file,
            format,
            packing,
            mapping: mapping?.id ?? null,
            title: mapping?.title,
            version: mapping?.version,
            problem,
          })),
        )
      : table(detections, flags),
  );
  return detections.every(({ mapping }) => mapping !== undefined) ? EXIT.fine : EXIT.below;
}

function kindOf(format: Detection["format"], packing: Detection["packing"]): string {
  if (format === undefined || packing === undefined) return "unknown";
  return packing === "none" ? format : `${format}+${packing}`;
}

function table(detections: readonly Detection[], { color }: DetectFlags): string {
  const head = ["FILE", "KIND", "MAPPING", "FORMAT"];
  const rows = detections.map(({ file, format, packing, mapping, problem }) => [
    file,
    kindOf(format, packing),
    mapping?.id ?? "unknown",
    mapping?.title ?? problem ?? "",
  ]);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env));
  const paint = headings(wantsColor(process.stdout, process.env, color));
  return [layout(head, paint), ...rows.map((row) => layout(row))]
    .map((line) => `${line}\n`)
    .join("");
}
