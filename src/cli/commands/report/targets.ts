// Which report goes where in which format, settled before anything is read.

import { extname, join, resolve } from "node:path";
import { ComplianceError } from "../../../index.ts";
import type { Renderer } from "../../../index.ts";
import { existing } from "../../existing.ts";

/** One report to write in one format: to a file, or without a path to standard output. */
export interface Target {
  readonly type: string;
  readonly renderer: Renderer;
  readonly path?: string;
}

export interface Wishes {
  readonly types: readonly string[];
  /** Names of formats; empty when none was asked for. */
  readonly formats: readonly string[];
  /** Files and folders; empty for standard output alone. */
  readonly outputs: readonly string[];
  /** Whether there is an evidence package besides; then nothing goes to standard output unasked. */
  readonly hasPackage?: boolean;
}

/** Where formats go when nothing says otherwise. */
const USUAL = "markdown";
const ON_A_TERMINAL = "terminal";

/**
 * All targets, in the order of the outputs, then of the formats, then of the types.
 *
 * @param renderers all formats that exist
 * @param onTerminal whether standard output is a terminal
 * @throws ComplianceError `invalid-option` when the wishes contradict each other
 */
export function planTargets(
  wishes: Wishes,
  renderers: readonly Renderer[],
  onTerminal: boolean,
): readonly Target[] {
  const named = wishes.formats.map((name) => rendererNamed(name, renderers));
  const isUnasked = wishes.hasPackage === true && named.length === 0;
  const usualOutputs = isUnasked ? [] : ["-"];
  const outputs = wishes.outputs.length === 0 ? usualOutputs : wishes.outputs;
  const targets = outputs.flatMap((output): readonly Target[] => {
    if (output === "-") {
      const usual = rendererNamed(onTerminal ? ON_A_TERMINAL : USUAL, renderers);
      const renderer = onlyOne(named, "standard output") ?? usual;
      refuseUnprintable(renderer, wishes.types, onTerminal);
      return wishes.types.map((type) => ({ type, renderer }));
    }
    if (isFolder(output)) {
      const formats = named.length === 0 ? [rendererNamed(USUAL, renderers)] : named;
      return formats.flatMap((renderer) =>
        wishes.types.map((type) => ({
          type,
          renderer,
          path: join(output, `${type}.${renderer.extension}`),
        })),
      );
    }
    const renderer = formatOf(output, named, renderers);
    refuseSharedFile(output, wishes.types);
    return wishes.types.map((type) => ({
      type,
      renderer,
      path: output.replaceAll("{type}", type),
    }));
  });
  refuseUnused(named, targets);
  refuseDuplicates(targets);
  return targets;
}

function rendererNamed(name: string, renderers: readonly Renderer[]): Renderer {
  const found = renderers.find((renderer) => renderer.name === name);
  if (found !== undefined) return found;
  const known = renderers.map((renderer) => renderer.name).join(", ");
  throw wrong(`--format: expected one of ${known}, got ${JSON.stringify(name)}`);
}

function onlyOne(named: readonly Renderer[], place: string): Renderer | undefined {
  if (named.length < 2) return named[0];
  throw wrong(
    `${place} takes one format, but --format names ${named.length}`,
    "Name a folder with -o, or one file for each format: -o report.md -o report.json.",
  );
}

function isFolder(output: string): boolean {
  if (output.endsWith("/")) return true;
  return existing(output)?.isDirectory() === true;
}

/** Formats whose texts can stand one after the other, or in one array. */
const JOINED: readonly string[] = ["markdown", "terminal", "json"];

function refuseUnprintable(
  { name, mediaType, extension }: Renderer,
  types: readonly string[],
  onTerminal: boolean,
): void {
  const isText = mediaType.startsWith("text/") || mediaType === "application/json";
  if (!isText && onTerminal) {
    throw wrong(
      `--format ${name}: a terminal cannot show it`,
      `Name a file: -o report.${extension}.`,
    );
  }
  if (types.length < 2 || JOINED.includes(name)) return;
  throw wrong(
    `--format ${name}: standard output takes one report of this format, but ${types.length} were asked for`,
    "Name a folder: -o reports/.",
  );
}

function formatOf(
  output: string,
  named: readonly Renderer[],
  renderers: readonly Renderer[],
): Renderer {
  const name = output.toLowerCase();
  const asked = onlyOne(
    named.filter(
      ({ extension }) => ends(name, extension) || ends(`.${extension}`, extname(name).slice(1)),
    ),
    output,
  );
  const found = asked ?? usualOf(name, renderers);
  if (found !== undefined) return found;
  const only = onlyOne(named, output);
  if (only !== undefined) return only;
  const known = [...new Set(renderers.map(({ extension }) => `.${extension}`))].join(", ");
  throw wrong(
    `-o ${output}: the name's ending does not say which format is wanted`,
    `End it in ${known}, or add --format. For a folder, end it in /.`,
  );
}

/** Of the formats that the name ends like, the one with the longest ending: `x.exceptions.csv`. */
function usualOf(name: string, renderers: readonly Renderer[]): Renderer | undefined {
  return renderers
    .filter(({ extension }) => ends(name, extension))
    .toSorted((a, b) => b.extension.length - a.extension.length)[0];
}

/** Whether a name has an ending, with the dot before it. */
function ends(name: string, ending: string): boolean {
  return ending !== "" && name.endsWith(`.${ending}`);
}

function refuseSharedFile(output: string, types: readonly string[]): void {
  if (types.length < 2 || output.includes("{type}")) return;
  throw wrong(
    `-o ${output}: ${types.length} reports cannot share one file`,
    `Write {type} into the name, such as -o 'report-{type}${extname(output)}', or name a folder.`,
  );
}

function refuseUnused(named: readonly Renderer[], targets: readonly Target[]): void {
  const unused = named.find((format) => !targets.some(({ renderer }) => renderer === format));
  if (unused === undefined) return;
  throw wrong(
    `--format ${unused.name}: no output is of this format, because the names given with -o say otherwise`,
    `Name a file that ends in .${unused.extension}, or a folder.`,
  );
}

function refuseDuplicates(targets: readonly Target[]): void {
  const seen = new Set<string>();
  for (const { type, path } of targets) {
    const place = path === undefined ? `- ${type}` : resolve(path);
    if (seen.has(place)) {
      throw wrong(`-o ${path ?? "-"}: named twice; each output can hold one text`);
    }
    seen.add(place);
  }
}

function wrong(message: string, hint?: string): ComplianceError {
  return new ComplianceError("invalid-option", message, hint === undefined ? {} : { hint });
}
