// Explains one mapping in words, or lists them all.

import { readFileSync } from "node:fs";
import { loadCatalog, mappingNamed } from "../../../index.ts";
import type { Mapping } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonDocument, shown } from "../../shown.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings, styled } from "../../theme.ts";
import { wrapped } from "../../wrapped.ts";

export interface ShowFlags {
  readonly yaml?: true | undefined;
  readonly json?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError when there is no such mapping, or its file is wrong */
export async function runShow(id: string | undefined, flags: ShowFlags): Promise<ExitCode> {
  const color = wantsColor(process.stdout, process.env, flags.color);
  if (id === undefined) {
    const all = loadCatalog().mappings();
    await print(flags.json === true ? jsonDocument(all.map(headOf)) : listOf(all, color));
    return EXIT.fine;
  }
  const mapping = mappingNamed(id);
  if (flags.yaml === true) await print(fileOf(id));
  else if (flags.json === true) await print(jsonDocument(detailsOf(mapping)));
  else await print(inWords(mapping, color));
  return EXIT.fine;
}

function fileOf(id: string): string {
  return readFileSync(/\.ya?ml$/.test(id) ? id : loadCatalog().mappingFile(id), "utf8");
}

function headOf({ id, title, version, basis, source, shape, digest }: Mapping) {
  return { id, title, version, basis, source, shape, digest };
}

function detailsOf(mapping: Mapping) {
  return {
    ...headOf(mapping),
    limitations: mapping.limitations,
    recognise: mapping.recognise.source,
    fields: Object.fromEntries(sourcesOf(mapping)),
    never: mapping.never,
    sparse: mapping.sparse,
    key: mapping.key?.source,
    key_meaning: mapping.keyMeaning,
    tables: Object.fromEntries(
      [...mapping.tables].map(([name, words]) => [name, Object.fromEntries(words)]),
    ),
    chain: mapping.chain,
    cannot_answer: Object.fromEntries(mapping.cannotAnswer),
    ignored: mapping.ignored,
  };
}

function listOf(all: readonly Mapping[], color: boolean): string {
  const head = ["NAME", "FORMAT", "TRIED ON"];
  const rows = all.map(({ id, title, basis }) => [id, title, basis.replace("-", " ")]);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env));
  return [layout(head, headings(color)), ...rows.map((row) => layout(row))]
    .map((line) => `${line}\n`)
    .join("");
}

/** Where each field comes from: from the record itself, or from a later answer. */
function sourcesOf({ fields, answers }: Mapping): (readonly [string, string])[] {
  return [
    ...[...fields].map(([field, { source }]) => [field, source] as const),
    ...[...(answers?.fields ?? [])].map(
      ([field, { source }]) =>
        [fields.has(field) ? `${field} (answer)` : field, `answer: ${source}`] as const,
    ),
  ];
}

function inWords(mapping: Mapping, color: boolean): string {
  const bold = (text: string): string => styled(shown(text), "bold", color);
  const width = widthOf(process.stdout, process.env);
  const fields = sourcesOf(mapping).map(([field, source]) => [
    field,
    source.replaceAll(/\s+/g, " "),
  ]);
  const head = ["FIELD", "COMES FROM"];
  const layout = layOut([head, ...fields], Math.max(width, 200), [0]);
  const lines = [
    `${bold(mapping.title)} (${shown(mapping.id)}, version ${mapping.version})`,
    `Described at ${shown(mapping.source)}`,
    mapping.basis === "real-logs"
      ? "Tried on logs from practice"
      : "Written from the documentation alone",
    "",
    ...wrapped(mapping.limitations, width, 0),
    "",
    layout(head, headings(color)),
    ...fields.map((row) => layout(row)),
    "",
    ...wrapped(`Never recorded: ${mapping.never.join(", ") || "nothing"}`, width, 0),
    ...(mapping.key === undefined
      ? ["Duplicates: none are removed; ids may repeat"]
      : wrapped(
          `Duplicates: by ${mapping.key.source}. ${mapping.keyMeaning ?? ""}`.trim(),
          width,
          0,
        )),
    ...(mapping.chain === undefined
      ? []
      : wrapped(
          `Hash chain: protects only ${mapping.chain.covers.join(", ")}. ${mapping.chain.described}`,
          width,
          0,
        )),
    ...[...mapping.cannotAnswer].flatMap(([measure, why]) =>
      wrapped(`Not asked: ${measure}. ${why}`, width, 0),
    ),
    ...[...mapping.tables].flatMap(([name, words]) =>
      wrapped(
        `Words of ${name}: ${[...words].map(([word, ours]) => `${word} = ${ours}`).join(", ")}`,
        width,
        0,
      ),
    ),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
