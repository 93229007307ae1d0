// Migrates an audit database with progress, and says what became of each row.

import { migrateAuditDatabase } from "../../../index.ts";
import type { MigrationProgress, MigrationStatement } from "../../../index.ts";
import { counted } from "../../counted.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { progressLine } from "../../progress.ts";
import type { ProgressLine } from "../../progress.ts";
import { jsonDocument, shown } from "../../shown.ts";
import { stoppable } from "../../stop.ts";
import { print } from "../../streams.ts";

export interface MigrateFlags {
  readonly strict?: true | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
}

/** @throws ComplianceError whatever keeps the database from being read or the rows from being written */
export function runMigrate(database: string, url: string, flags: MigrateFlags): Promise<ExitCode> {
  return stoppable(async (signal) => {
    const progress = phases(flags.quiet === true);
    let statement: MigrationStatement;
    try {
      statement = await migrateAuditDatabase(database, url, {
        onProgress: progress.report,
        signal,
      });
    } finally {
      progress.clear();
    }
    await print(flags.json === true ? jsonDocument(documentOf(statement)) : summary(statement));
    return flags.strict === true && statement.refused > 0 ? EXIT.input : EXIT.fine;
  });
}

const DOING = { copying: "Copying", verifying: "Verifying" } as const satisfies Record<
  MigrationProgress["phase"],
  string
>;

/** A line for each phase: its rate and the time left are its own. */
function phases(quiet: boolean): {
  readonly report: (progress: MigrationProgress) => void;
  readonly clear: () => void;
} {
  let line: ProgressLine | undefined;
  let current: MigrationProgress["phase"] | undefined;
  return {
    report: ({ phase, done, total }) => {
      if (phase !== current || line === undefined) {
        line?.clear();
        line = progressLine(quiet, DOING[phase]);
        current = phase;
      }
      line.report({ done, total });
    },
    clear: () => line?.clear(),
  };
}

function summary(statement: MigrationStatement): string {
  const { target, read, written, alreadyThere, refused, refusals, verified, sha256 } = statement;
  const { ids, others, absentFields, columnsLeftBehind, missingAtEnd = 0 } = statement;
  const lines = [
    `${target}: ${counted(verified, "row", "rows")} read again on both sides, and the same`,
    `${read} read = ${written} written + ${alreadyThere} already there + ${refused} left behind`,
    ...(ids === undefined ? [] : [`ids ${ids.first} to ${ids.last}`]),
    `SHA-256 of the rows: ${sha256}`,
    ...refusals.map(
      ({ reason, count, first }) =>
        `left behind: ${counted(count, "row", "rows")}, ${reason}: ${first.join(", ")}${count > first.length ? ", …" : ""}`,
    ),
    ...(others === 0 ? [] : [`the table holds ${counted(others, "other row", "other rows")}`]),
    ...(absentFields.length === 0 ? [] : [`fields without a column: ${absentFields.join(", ")}`]),
    ...(columnsLeftBehind.length === 0
      ? []
      : [`columns left behind: ${columnsLeftBehind.join(", ")}`]),
    ...(missingAtEnd === 0
      ? []
      : [`${counted(missingAtEnd, "id was", "ids were")} given out behind the last row`]),
  ];
  return lines.map((line) => `${shown(line)}\n`).join("");
}

/** The names of JSON are those of reports. */
function documentOf(statement: MigrationStatement): object {
  const { alreadyThere, absentFields, columnsLeftBehind, missingAtEnd, ...rest } = statement;
  return {
    ...rest,
    already_there: alreadyThere,
    absent_fields: absentFields,
    columns_left_behind: columnsLeftBehind,
    ...(missingAtEnd === undefined ? {} : { missing_at_end: missingAtEnd }),
  };
}
