// The SOC 2 report of the same log in every form that it may be kept in, as whole processes in
// turns, each beside its engine's own bare scan and the limits: reading the bytes, JSON.parse.
// usage: npm run build && node bench/engines.mjs [--rows N] [--engines LIST] [--rounds N]
//   [--json FILE] [--discard]
// --json adds the figures to a file for bench/curve.mjs. --discard measures one form after the
// other and removes each before the next is made, where the disk has no room for all of them.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { askedColumns } from "./asked-columns.mjs";
import { median, run } from "./contest.mjs";
import { FORMS, placeOf } from "./forms.mjs";
import { reportArguments } from "./report-arguments.mjs";
import { measureRollups } from "./rollups.mjs";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "1000000" },
    engines: { type: "string", default: [...Object.keys(FORMS), "rollup"].join(",") },
    rounds: { type: "string", default: "1" },
    json: { type: "string" },
    discard: { type: "boolean", default: false },
  },
});
const rows = Number(values.rows);
const rounds = Number(values.rounds);
const asked = values.engines.split(",");
const unknown = asked.filter((form) => form !== "rollup" && !Object.hasOwn(FORMS, form));
if (unknown.length > 0) throw new Error(`no such engines: ${unknown.join(", ")}`);

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const tell = (what) => process.stderr.write(`${what}\n`);
const columns = await askedColumns("soc2");

const taken = {
  rows,
  rounds,
  node: process.version,
  cores: availableParallelism(),
  columns,
  results: [],
};
const forms = asked.filter((form) => form !== "rollup");
// Other forms are made from Parquet, and rollups are kept of SQLite.
const last = ["parquet", ...(asked.includes("rollup") ? ["sqlite"] : [])];
for (const group of values.discard ? forms.map((form) => [form]) : [forms]) {
  taken.results.push(...(await measure(group)));
  requireSameAnswers(taken.results);
  if (values.json !== undefined) keep(values.json, taken);
  if (values.discard) group.filter((form) => !last.includes(form)).forEach(discard);
}
if (asked.includes("rollup")) {
  taken.rollup = await measureRollups(rows, rounds, tell);
  if (values.json !== undefined) keep(values.json, taken);
}
if (values.discard) last.forEach(discard);

console.log(`${count(rows)} rows, median of ${rounds}, Node ${taken.node}, ${taken.cores} cores\n`);
if (taken.results.length > 0) console.log(`${tableOf(taken.results)}\n`);
if (taken.rollup !== undefined) console.log(tableOfRollup(taken.rollup));

/** Makes the forms, runs everything in turns, and removes what runs. */
async function measure(group) {
  const open = new Map();
  try {
    for (const form of group) {
      const why = await FORMS[form].missing();
      if (why !== undefined) {
        tell(`${form} is left out: ${why}`);
        continue;
      }
      tell(`${form}: made`);
      open.set(form, await FORMS[form].open(rows));
    }
    const found = inTurns([...open].flatMap(([form, place]) => contendersOf(form, place)));
    return [...open].flatMap(([form, { limits }]) => resultOf(form, Object.keys(limits), found));
  } finally {
    for (const { stop } of open.values()) await stop();
  }
}

function contendersOf(form, { log, place, limits, flags }) {
  return [
    [`${form} report`, reportArguments(log, flags)],
    [`${form} scan`, [path("bare-scan.mjs"), form, place, columns.join(",")]],
    ...Object.entries(limits).map(([limit, args]) => [`${form} ${limit}`, args]),
  ];
}

/** Name -> its runs. One that fails is told of and left out, since the others took long. */
function inTurns(contenders) {
  const found = new Map(contenders.map(([name]) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const [name, args] of contenders) {
      tell(`${name}, round ${round}`);
      try {
        found.get(name).push(run(args));
      } catch (error) {
        tell(`${name} fails: ${error.message}`);
        process.exitCode = 1;
      }
    }
  }
  return found;
}

/** None where the report failed. */
function resultOf(form, limits, found) {
  const runs = found.get(`${form} report`);
  if (runs.length < rounds) return [];
  const { population, score, grade } = JSON.parse(runs[0].output);
  const { read, rejected, in_scope, first, last: end } = population;
  if (read !== rows) {
    tell(`${form} is left out: it read ${read} of ${rows}, ${rejected} of them rejected`);
    process.exitCode = 1;
    return [];
  }
  const secondsOf = (name) => median(found.get(name).map(({ seconds }) => seconds));
  return [
    {
      form,
      title: FORMS[form].title,
      seconds: secondsOf(`${form} report`),
      megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
      says: { score, grade, in_scope, first, last: end },
      scan: secondsOf(`${form} scan`),
      limits: Object.fromEntries(limits.map((limit) => [limit, secondsOf(`${form} ${limit}`)])),
    },
  ];
}

/** A time for a wrong answer is no figure. */
function requireSameAnswers(found) {
  const [one, ...others] = found;
  for (const { form, says } of others) {
    if (!isDeepStrictEqual(says, one.says)) {
      throw new Error(
        `${form} says ${JSON.stringify(says)}, ${one.form} ${JSON.stringify(one.says)}`,
      );
    }
  }
}

function discard(form) {
  for (const ending of ["", "-wal", "-shm"]) {
    rmSync(`${placeOf(form, rows)}${ending}`, { force: true, recursive: true });
  }
}

/** Adds the figures to those in the file, in place of those of the same form and rows. */
function keep(file, found) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  const same = before.find((other) => other.rows === found.rows);
  const others = before.filter((other) => other !== same);
  const replaced = new Set(found.results.map(({ form }) => form));
  const kept = (same?.results ?? []).filter(({ form }) => !replaced.has(form));
  const all = [...others, { ...same, ...found, results: [...kept, ...found.results] }];
  writeFileSync(
    file,
    `${JSON.stringify(
      all.toSorted((a, b) => a.rows - b.rows),
      null,
      2,
    )}\n`,
  );
}

function count(value) {
  return Math.round(value).toLocaleString("en");
}

function twoDigits(value) {
  return value?.toFixed(2) ?? "–";
}

function tableOf(found) {
  const limits = [...new Set(found.flatMap((result) => Object.keys(result.limits)))];
  const head = ["", "rows", "seconds", "rows/s", "peak MB", "bare scan", "beside it", ...limits];
  const lines = found.map((result) => [
    result.title,
    count(rows),
    twoDigits(result.seconds),
    count(rows / result.seconds),
    count(result.megabytes),
    twoDigits(result.scan),
    result.scan === undefined ? "–" : `${(result.seconds / result.scan).toFixed(2)}x`,
    ...limits.map((limit) => twoDigits(result.limits[limit])),
  ]);
  return markdown(head, lines);
}

function tableOfRollup(found) {
  const line = (title, { seconds, megabytes }, read) => [
    title,
    seconds.toFixed(3),
    count(read),
    count(megabytes),
  ];
  const size = (found.bytes / 1e6).toFixed(1);
  return markdown(
    [`a year of ${count(rows)} rows`, "seconds", "rows read", "peak MB"],
    [
      line("everything read, whole process", found.scan, rows),
      line(`rollup made (${size} MB), after opening`, found.made, rows),
      line("from the rollup, whole process", found.wholeProcess, found.upToDateRead),
      line("from the rollup, first after opening", found.firstReport, found.upToDateRead),
      line("from the rollup, each one after", found.upToDate, found.upToDateRead),
      line(
        `${count(found.added)} rows added, first after opening`,
        found.updated,
        found.updatedRead,
      ),
    ],
  );
}

function markdown(head, lines) {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
