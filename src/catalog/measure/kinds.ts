// What each kind of measure asks, from its own keys.

import type { EntryField } from "../../model/audit-entry.ts";
import type { Expression } from "../../model/expression.ts";
import type { Measure } from "../../model/measure.ts";
import type { MeasureReader } from "./reader.ts";
import type { MeasureFile } from "./written.ts";

/** Keys that all kinds have in common, beside the kind and the population. */
type CommonKey =
  | "id"
  | "code"
  | "title"
  | "question"
  | "limitations"
  | "fields"
  | "anyFields"
  | "needs"
  | "classes"
  | "counts"
  | "shares"
  | "limits"
  | "sentence"
  | "remedy"
  | "empty"
  | "examples";

type WithoutCommon<Kind> = Kind extends Measure ? Omit<Kind, CommonKey> : never;

/** A measure's kind, its population, and what is its kind's own. */
export type KindPart = WithoutCommon<Measure>;

/**
 * Reads what belongs to the kind; the reader remembers the fields and inputs that its answer
 * rests on.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function kindPartOf(reader: MeasureReader, written: MeasureFile): KindPart {
  if (written.kind === "sequence") return sequence(reader, written);
  const population = reader.predicate(["population"], written.population ?? "true");
  switch (written.kind) {
    case "count":
      return {
        kind: "count",
        population,
        exception: reader.predicate(["exception"], written.exception),
      };
    case "ratio":
      return {
        kind: "ratio",
        population,
        part: reader.predicate(["part"], written.part),
        exceptions: written.exceptions,
      };
    case "distinct":
      return { ...distinct(reader, written), population };
    case "set-difference":
      reader.needs(written.reference);
      return {
        kind: "set-difference",
        population,
        by: reader.text(["by"], written.by as string),
        reference: written.reference,
      };
    case "groups":
      return { kind: "groups", population, by: reader.text(["by"], written.by as string) };
    case "share-of-top":
      return {
        kind: "share-of-top",
        population,
        among: reader.predicate(["among"], written.among),
        by: reader.text(["by"], written.by as string),
      };
    case "profile":
      return {
        kind: "profile",
        population,
        part: reader.predicate(["part"], written.part),
        steps: Object.entries(written.steps).map(([name, where]) => ({
          name,
          where: reader.predicate(["steps", name], where),
        })),
        atLeast: written.at_least,
      };
    case "max":
      return {
        kind: "max",
        population,
        of: reader.number(["of"], written.of as string),
        above: written.above,
      };
    case "reach":
      reader.reads("timestamp");
      return { kind: "reach", population };
    case "identity":
      reader.reads("id");
      return { kind: "identity", population };
    case "clock":
      reader.reads("timestamp");
      return {
        kind: "clock",
        population,
        by: partitionOf(reader, written),
        tolerance: reader.duration(["tolerance"], written.tolerance, "zero"),
        ahead: reader.duration(["ahead"], written.ahead, "zero"),
      };
    case "spike":
      reader.reads("timestamp");
      return {
        kind: "spike",
        population,
        bucket: reader.duration(["bucket"], written.bucket),
        deviations: written.deviations,
        times: written.times,
        atLeast: written.at_least,
      };
    case "gap":
      return { ...gap(reader, written), population };
    case "run":
      reader.reads("timestamp");
      return {
        kind: "run",
        population,
        by: partitionOf(reader, written),
        brokenBy: reader.predicate(["broken_by"], written.broken_by),
        atLeast: written.at_least,
      };
    case "rate":
      reader.reads("timestamp", ...(written.same ?? []), ...optional(written.distinct));
      return {
        kind: "rate",
        population,
        by: partitionOf(reader, written),
        same: written.same ?? [],
        window: reader.duration(["window"], written.window),
        atLeast: written.at_least,
        ...(written.distinct === undefined ? {} : { distinct: written.distinct }),
      };
    case "percentile":
      reader.reads("timestamp", ...(written.same ?? []));
      return {
        kind: "percentile",
        population,
        to: reader.predicate(["to"], written.to),
        same: written.same ?? [],
        percentile: written.percentile,
        within: reader.duration(["within"], written.within ?? ""),
      };
    case "delegation":
      reader.reads("timestamp", "agent_id", "parent_agent_id", "chain_id");
      return { kind: "delegation", population };
    case "policy-lint":
      reader.needs("policy");
      return {
        kind: "policy-lint",
        population,
        codes: written.codes,
        lintCounts: Object.entries(written.counts ?? {}).flatMap(([name, count]) =>
          "codes" in count ? [{ name, ...count }] : [],
        ),
      };
    case "policy-replay":
      reader.needs("policy");
      reader.reads("action_type", "action_target", "approval", "matched_rule");
      return { kind: "policy-replay", population };
  }
}

function sequence(reader: MeasureReader, written: MeasureFile): KindPart {
  const { same = [], different = [], until, within } = written;
  reader.reads("timestamp", ...same, ...different);
  const ends = Object.fromEntries(
    (["first", "then"] as const).map((key) => [key, reader.predicate([key], written[key])]),
  ) as Record<"first" | "then", Expression>;
  return {
    kind: "sequence",
    population: ends.first,
    ...ends,
    by: partitionOf(reader, written),
    same,
    different,
    ...(until === undefined ? {} : { until: reader.predicate(["until"], until) }),
    ...(within === undefined ? {} : { within: reader.duration(["within"], within) }),
  };
}

function distinct(reader: MeasureReader, { of, per }: MeasureFile) {
  return {
    kind: "distinct" as const,
    of: Object.entries(of as Readonly<Record<string, string>>).map(([name, text]) => ({
      name,
      value: reader.text(["of", name], text),
    })),
    ...(per === undefined ? {} : { per: reader.text(["per"], per) }),
  };
}

function gap(reader: MeasureReader, written: MeasureFile) {
  const { by, rhythm, unless_after: unlessAfter, corroboration } = written;
  reader.reads("timestamp");
  for (const key of ["rhythm", "corroboration"] as const) {
    if (written[key] !== undefined && by === undefined) {
      throw reader.yaml.refuse([key], `"${key}" needs "by" beside it`, { atKey: true });
    }
  }
  if (corroboration !== undefined) reader.reads(corroboration.same);
  return {
    kind: "gap" as const,
    longerThan: reader.duration(["longer_than"], written.longer_than),
    ...(by === undefined ? {} : { by: partitionOf(reader, written) }),
    ...(rhythm === undefined ? {} : { rhythm }),
    ...(unlessAfter === undefined
      ? {}
      : { unlessAfter: reader.predicate(["unless_after"], unlessAfter) }),
    ...(corroboration === undefined
      ? {}
      : {
          corroboration: {
            same: corroboration.same,
            where: reader.predicate(["corroboration", "where"], corroboration.where),
          },
        }),
  };
}

function partitionOf(reader: MeasureReader, { by }: MeasureFile): readonly EntryField[] {
  return reader.partition(by as readonly EntryField[]);
}

function optional(field: EntryField | undefined): EntryField[] {
  return field === undefined ? [] : [field];
}
