// Runs contenders as whole processes in turns, and tells the median time and the highest
// memory of each. Ratios count; seconds depend on the machine.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const PEAK = fileURLToPath(new URL("peak-memory.mjs", import.meta.url));

/** One process: seconds from start to exit, its peak resident memory, and what it said. */
export function run(args) {
  const start = performance.now();
  const child = spawnSync(process.execPath, ["--import", PEAK, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.status !== 0) throw new Error(child.stderr);
  const seconds = (performance.now() - start) / 1000;
  // Its threads say it too, when they end; the process is the last and has the most.
  const peaks = [...child.stderr.matchAll(/peak-memory (\d+)/g)].map(([, peak]) => Number(peak));
  return { seconds, megabytes: Math.max(...peaks) / 1000, output: child.stdout };
}

/** The middle one; the upper of two. */
export const median = (numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/**
 * Name -> `{seconds, megabytes, output}` of each contender, given as name -> arguments of Node;
 * the output is that of the last round. `tell` hears of each run before it begins.
 */
export function contest(contenders, rounds, tell = () => undefined) {
  const results = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, args] of Object.entries(contenders)) {
      tell(name, round);
      results[name].push(run(args));
    }
  }
  return Object.fromEntries(
    Object.entries(results).map(([name, runs]) => [
      name,
      {
        seconds: median(runs.map(({ seconds }) => seconds)),
        megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
        output: runs.at(-1)?.output ?? "",
      },
    ]),
  );
}

/** Writes the results as a table, each beside one of them. */
export function table(results, rows, beside) {
  const base = results[beside].seconds;
  const label = /^\([a-z]\)/.exec(beside)?.[0] ?? beside;
  const lines = [`| | seconds | rows/s | peak MB | beside ${label} |`, "|---|---|---|---|---|"];
  for (const [name, { seconds, megabytes }] of Object.entries(results)) {
    const cells = [seconds.toFixed(2), Math.round(rows / seconds), megabytes.toFixed(0)];
    lines.push(`| ${name} | ${cells.join(" | ")} | ${(seconds / base).toFixed(2)}x |`);
  }
  return lines.join("\n");
}
