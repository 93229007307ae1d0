// What a year's report costs from a rollup of the SQLite form: made, up to date, and after some
// actions were added, beside reading everything.
import { constants, copyFileSync, mkdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { contest, median, run } from "./contest.mjs";
import { placeOf, writeSqlite } from "./forms.mjs";
import { appendActions } from "./make-log.mjs";
import { reportArguments } from "./report-arguments.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const ADDED = 10_000;

/** Rows of the table with their seconds and memory, the scan of everything first. */
export async function measureRollups(rows, rounds, tell) {
  await writeSqlite(rows);
  const log = placeOf("sqlite", rows);
  const rollup = placeOf("rollup", rows);
  // A rollup knows its log by the name of the file, so the copy that grows has the same name.
  const folder = join(dirname(log), "grown");
  const grown = join(folder, basename(log));
  const grownRollup = join(folder, basename(rollup));
  const clear = () => {
    rmSync(folder, { force: true, recursive: true });
    for (const ending of ["", "-wal", "-shm", "-journal"]) {
      rmSync(`${rollup}${ending}`, { force: true });
    }
  };
  clear();
  try {
    tell("rollup: made");
    const first = reports(log, rollup, 1);
    tell("rollup: up to date");
    const again = reports(log, rollup, 6);
    const year = reportArguments(log, ["--period", "2026"]);
    const whole = contest({ scan: year, rollup: [...year, "--rollup", rollup] }, rounds, (name) =>
      tell(`rollup: ${name === "scan" ? "everything read" : "whole process"}`),
    );
    tell(`rollup: ${ADDED} added`);
    mkdirSync(folder, { recursive: true });
    copyFileSync(log, grown, constants.COPYFILE_FICLONE);
    copyFileSync(rollup, grownRollup);
    appendActions(ADDED, grown);
    const later = reports(grown, grownRollup, 1);
    if (later.read !== rows + ADDED) throw new Error(`read ${later.read} of ${rows + ADDED}`);
    return {
      bytes: statSync(rollup).size,
      added: ADDED,
      scan: figures(whole.scan),
      wholeProcess: figures(whole.rollup),
      firstReport: { seconds: again.seconds[0], megabytes: again.megabytes },
      upToDate: { seconds: median(again.seconds.slice(1)), megabytes: again.megabytes },
      upToDateRead: again.readAnew.at(-1),
      made: { seconds: first.seconds[0], megabytes: first.megabytes },
      updated: { seconds: later.seconds[0], megabytes: later.megabytes },
      updatedRead: later.readAnew[0],
    };
  } finally {
    clear();
  }
}

/** Reports in one process, and what it says of them. */
function reports(database, kept, turns) {
  const { output, megabytes } = run([path("rollup-report.mjs"), database, kept, String(turns)]);
  return { ...JSON.parse(output), megabytes };
}

function figures({ seconds, megabytes }) {
  return { seconds, megabytes };
}
