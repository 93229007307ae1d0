// How the records of a foreign log became entries, in Markdown.

import type { IntakeStatement } from "../../model/intake.ts";
import { listed } from "../words/phrases.ts";
import { document, list, table } from "./blocks.ts";
import { code, joined, markup, passage } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** The part of the population statement that only a foreign log has. */
export function intakeStatement(intake: IntakeStatement | undefined): Markdown | undefined {
  if (intake === undefined) return undefined;
  const { answers, chainCovers, never } = intake;
  return document(
    markup`**How records became entries.** ${intake.records} records were read; ${intake.withoutAction} hold no action, and ${intake.actions} actions were found in the others.`,
    table(
      ["Mapping", "Format", { right: "Version" }, { right: "Inputs" }, "Tried on", "SHA-256"],
      intake.mappings.map(({ id, title, version, inputs, basis, digest }) => [
        id,
        title,
        version,
        inputs,
        basis === "real-logs" ? "real logs" : "documentation alone",
        digest,
      ]),
    ),
    list(
      answers.matched + answers.unmatched === 0
        ? undefined
        : markup`Answers joined to their action: ${answers.matched}; without one: ${answers.unmatched}`,
      ...intake.duplicateMeanings.map(
        (meaning) => markup`What counts as a duplicate: ${passage(meaning)}`,
      ),
      intake.duplicatesDiffering === 0
        ? undefined
        : markup`Duplicates whose content differs from the record that was kept: **${intake.duplicatesDiffering}**`,
      intake.unsafeIntegers === 0
        ? undefined
        : markup`Whole numbers beyond 2^53, kept as text digit by digit: ${intake.unsafeIntegers}`,
      intake.mendedTimes === 0
        ? undefined
        : markup`Times that were mended before they were read: ${intake.mendedTimes}`,
      never.length === 0
        ? undefined
        : markup`Never recorded by this format: ${joined(never.map(code), ", ")}`,
      chainCovers.length === 0
        ? undefined
        : markup`The format's own hash chain protects only ${joined(chainCovers.map(code), ", ")}; it was not verified here`,
      ...[...intake.cannotAnswer].map(
        ([measure, why]) => markup`Not asked of this format, ${code(measure)}: ${passage(why)}`,
      ),
    ),
    leftOut(intake),
    words(intake),
    unmapped(intake),
  );
}

function leftOut({ leftOut: files }: IntakeStatement): Markdown | undefined {
  if (files.count === 0) return undefined;
  return document(
    markup`Files beside the inputs that were not read, ${listed(files.first.length, files.count)}:`,
    table(
      ["File", "Why"],
      files.first.map(({ file, reason }) => [file, reason]),
    ),
  );
}

function words({ unknownWords }: IntakeStatement): Markdown | undefined {
  if (unknownWords.length === 0) return undefined;
  return document(
    markup`Words that the mapping's tables do not know; the field stayed unrecorded:`,
    table(
      ["Table", "Word", { right: "Times" }],
      unknownWords.map(({ table: name, word, count }) => [name, word, count]),
    ),
  );
}

function unmapped({ unmapped: paths, unmappedLookedAt }: IntakeStatement): Markdown | undefined {
  if (paths.length === 0) return undefined;
  return document(
    markup`Raw fields that no entry field is made of, in ${unmappedLookedAt} records that were looked through:`,
    table(
      ["Raw field", { right: "Records" }],
      paths.map(({ path, records }) => [path, records]),
    ),
  );
}
