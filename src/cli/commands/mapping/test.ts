// Shows what a mapping makes of a log, or holds it to a fixture.

import { mappingNamed, previewLog, testFixture } from "../../../index.ts";
import type { LogPreview, Mapping } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { fileOptions } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { jsonDocument, jsonLine, shown } from "../../shown.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings } from "../../theme.ts";

export interface TestFlags extends ReadFlags {
  readonly show?: number | undefined;
  readonly json?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError when the mapping, the fixture or the log cannot be read */
export async function runTest(id: string, file: string, flags: TestFlags): Promise<ExitCode> {
  const mapping = mappingNamed(id);
  if (/\.ya?ml$/.test(file)) return tellDifferences(mapping, file, flags);
  const preview = await previewLog(file, mapping, {
    ...fileOptions(flags),
    entries: flags.show ?? 5,
  });
  await print(flags.json === true ? asJson(preview) : asText(mapping, preview, flags));
  return EXIT.fine;
}

async function tellDifferences(
  mapping: Mapping,
  file: string,
  { json }: TestFlags,
): Promise<ExitCode> {
  const differences = await testFixture(mapping, file);
  const verdict =
    differences.length === 0
      ? "as stated"
      : `${differences.length} difference${differences.length === 1 ? "" : "s"}`;
  await print(
    json === true
      ? jsonDocument({ mapping: mapping.id, file, differences })
      : [...differences, `${mapping.id}: ${verdict}`].map((line) => `${shown(line)}\n`).join(""),
  );
  return differences.length === 0 ? EXIT.fine : EXIT.below;
}

function asJson({ counts, recorded, statement, rejections, entries }: LogPreview): string {
  return jsonDocument({
    ...counts,
    recorded: Object.fromEntries(recorded),
    unmapped: statement.unmapped,
    unknown_words: statement.unknownWords,
    rejections,
    entries,
  });
}

function asText(
  { id, never }: Mapping,
  { counts, recorded, statement, rejections, entries }: LogPreview,
  { color }: TestFlags,
): string {
  const { records, withoutAction, accepted, rejected, duplicate } = counts;
  const head = ["FIELD", "ENTRIES"];
  const rows = [...recorded].map(([field, number]) => [field, String(number)]);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env));
  const lines = [
    `${id}: ${records} records, ${withoutAction} without action, ${accepted} accepted, ${rejected} rejected, ${duplicate} duplicate`,
    ...rejections.map(({ file, line, reason, message }) =>
      shown(`rejected ${file}:${line}: ${reason}: ${message}`),
    ),
    "",
    layout(head, headings(wantsColor(process.stdout, process.env, color))),
    ...rows.map((row) => layout(row)),
    `never recorded: ${never.join(", ") || "nothing"}`,
    ...statement.unknownWords.map(({ table, word, count }) =>
      shown(`unknown word in ${table}: ${jsonLine(word)} (${count})`),
    ),
    ...statement.unmapped.map(({ path, records: number }) =>
      shown(`unmapped: ${path} (${number} of ${statement.unmappedLookedAt} records)`),
    ),
    "",
    ...entries.map((entry) => jsonLine(entry)),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
