// What a measure counts besides, by name.

import type { Measure, NamedCount, NamedShare } from "../../model/measure.ts";
import { TAKEN_NAMES, numbersOf } from "../observed-numbers.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import type { MeasureReader } from "./reader.ts";
import type { MeasureFile } from "./written.ts";

/** The counts and shares of a measure; of a policy's weaknesses its kind reads them. */
export function namedNumbersOf(
  reader: MeasureReader,
  { kind, counts = {}, shares = {} }: MeasureFile,
): { readonly counts?: readonly NamedCount[]; readonly shares?: readonly NamedShare[] } {
  const readCounts = Object.entries(counts).flatMap(([name, count]) =>
    kind === "policy-lint" || !("where" in count)
      ? []
      : [
          {
            name,
            of: count.of,
            where: reader.predicate(["counts", name, "where"], count.where),
          },
        ],
  );
  const readShares = Object.entries(shares).map(([name, { among, part }]) => ({
    name,
    among: reader.predicate(["shares", name, "among"], among),
    part: reader.predicate(["shares", name, "part"], part),
  }));
  return {
    ...(readCounts.length === 0 ? {} : { counts: readCounts }),
    ...(readShares.length === 0 ? {} : { shares: readShares }),
  };
}

/** A number's unit is read off its name, so that counts and shares are never mistaken. */
const UNITS = /_(?:share|low|high|seconds|days)$/;

/**
 * Refuses names that mean something else, or whose end promises another unit, and counts of
 * exceptions where there are none.
 *
 * @throws ComplianceError `invalid-catalog` at the name
 */
export function checkNames(yaml: YamlFile, written: MeasureFile, measure: Measure): void {
  const seen = new Set<string>();
  const check = (path: Path, unit: "count" | "share") => {
    const name = String(path.at(-1));
    if (TAKEN_NAMES.has(name) || seen.has(name)) {
      throw yaml.refuse(path, `the name "${name}" already means something else here`, {
        atKey: true,
        hint: "Choose another name.",
      });
    }
    seen.add(name);
    if (unit === "share" && !name.endsWith("_share")) {
      throw yaml.refuse(path, `expected the name of a share to end in _share, got "${name}"`, {
        atKey: true,
      });
    }
    if (unit === "count" && UNITS.test(name)) {
      throw yaml.refuse(path, `"${name}" reads as a share or a time, but it is a count`, {
        atKey: true,
        hint: "Choose a name that does not end in _share, _low, _high, _seconds or _days.",
      });
    }
  };
  if (measure.kind === "profile") {
    for (const { name } of measure.steps) seen.add(`${name}_share`).add(`${name}_count`);
  }
  if (measure.kind === "distinct") {
    for (const { name } of measure.of) check(["of", name], "count");
    for (const { name } of measure.of) seen.add(`most_${name}`);
  }
  for (const name of Object.keys(written.counts ?? {})) check(["counts", name], "count");
  for (const name of Object.keys(written.shares ?? {})) check(["shares", name], "share");
  checkExceptions(yaml, measure);
}

function checkExceptions(yaml: YamlFile, measure: Measure): void {
  if (numbersOf(measure).has("exceptions")) return;
  const count = (measure.counts ?? []).find(({ of }) => of === "exceptions");
  if (count === undefined) return;
  throw yaml.refuse(
    ["counts", count.name, "of"],
    `a measure of kind ${measure.kind} has no exceptions to count`,
  );
}
