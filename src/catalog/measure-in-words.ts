// A measure in words: what is asked, over which entries, what counts, and where its limits lie.
// The same for the command line and for the pages of the documentation.

import { formatCount } from "../model/figures.ts";
import { MICROSECONDS_PER_SECOND } from "../model/instant.ts";
import type { LimitBasis, Limits, Measure } from "../model/measure.ts";

/** One line of an explanation; `code` is CEL and shown as such. */
export interface WordedPart {
  readonly label: string;
  readonly text: string;
  readonly code?: true;
}

/** Over which entries a measure is asked, and what counts. */
export function measureInWords(measure: Measure): WordedPart[] {
  return [
    populationOf(measure),
    ...(PARTS[measure.kind] as (measure: Measure) => WordedPart[])(measure),
    ...(measure.counts ?? []).map(({ name, of, where }) =>
      code(`Counts among the ${of}, as ${name}`, where.source),
    ),
    ...(measure.shares ?? []).map(({ name, among, part }) =>
      code(`Share ${name} among ${oneLine(among.source)}`, part.source),
    ),
    ...(measure.needs === undefined
      ? []
      : [plain("Needs besides the log", measure.needs.join(", "))]),
  ];
}

/** Limits as lines, in the order in which they are tried. */
export function limitsInWords({ of }: Limits): WordedPart[] {
  return of.map(({ result, reason, when }) => ({
    label: reason === undefined ? upper(result) : `${upper(result)} (${reason})`,
    ...(when === undefined
      ? { text: "when nothing above held" }
      : { text: oneLine(when.source), code: true }),
  }));
}

/** Where limits come from, in words. */
export const BASIS_IN_WORDS: Readonly<Record<LimitBasis, string>> = {
  law: "law",
  standard: "a standard",
  "analogy-to-a-standard": "analogy to a standard",
  "audit-practice": "audit practice",
  statistic: "a statistic",
  "zero-tolerance": "zero tolerance",
  "engineering-default": "engineering default, to be replaced by the owner's own",
  owner: "the owner's own",
};

type PartsOf = {
  readonly [Kind in Measure["kind"]]: (measure: Extract<Measure, { kind: Kind }>) => WordedPart[];
};

const PARTS: PartsOf = {
  count: ({ exception }) => [code("Exceptions", exception.source)],
  ratio: ({ part, exceptions }) => [
    code("Part", part.source),
    plain("Exceptions", exceptions === "part" ? "the part" : "all others"),
  ],
  distinct: ({ of, per }) => [
    ...of.map(({ name, value }) => code(`Different values, as ${name}`, value.source)),
    ...(per === undefined ? [] : [code("Counted apart for each", per.source)]),
  ],
  "set-difference": ({ by, reference }) => [
    code("Value", by.source),
    plain("Exceptions", `entries whose value is not on the ${reference}`),
  ],
  groups: ({ by }) => [code("Divided by", by.source)],
  "share-of-top": ({ among, by }) => [
    code("Groups among", among.source),
    code("Divided by", by.source),
    plain("Exceptions", "the entries of the largest group"),
  ],
  profile: ({ part, steps, atLeast }) => [
    code("Part", part.source),
    ...steps.map(({ name, where }) => code(`Step ${name}`, where.source)),
    plain("Compared", `steps with at least ${formatCount(atLeast)} entries, in this order`),
  ],
  max: ({ of, above }) => [
    code("Value", of.source),
    plain("Exceptions", `entries above ${formatCount(above)}`),
  ],
  reach: () => [
    plain(
      "Measures",
      "from the oldest and from the newest entry, of any period, to the report's time",
    ),
  ],
  identity: () => [
    plain("Exceptions", "entries whose id was there already"),
    plain("Counts besides", "ids that a dense sequence lacks"),
  ],
  clock: ({ by, tolerance, ahead }) => [
    plain(
      "Exceptions",
      "times that are missing, unreadable or without an offset, more than " +
        `${spanInWords(ahead)} ahead of the report, or more than ${spanInWords(tolerance)} ` +
        `before what was written earlier in the same ${by.join(" or ")}`,
    ),
  ],
  spike: ({ bucket, deviations, times, atLeast }) => [
    plain("Buckets", `of ${spanInWords(bucket)}, at least ${atLeast} with entries`),
    plain(
      "Exceptions",
      `buckets above the median by ${deviations} median absolute deviations, and above ` +
        `${times} times the median`,
    ),
  ],
  gap: ({ longerThan, by, rhythm, unlessAfter, corroboration }) => [
    plain("Exceptions", `silences longer than ${spanInWords(longerThan)}`),
    ...(by === undefined ? [] : [plain("Within one", chainOf(by))]),
    ...(rhythm === undefined
      ? []
      : [
          plain(
            "And longer than",
            `${rhythm.times} times the ${rhythm.percentile}th percentile of all spacings`,
          ),
        ]),
    ...(unlessAfter === undefined ? [] : [code("Not after", unlessAfter.source)]),
    ...(corroboration === undefined
      ? []
      : [
          code(
            `Corroborated by an entry of the same ${corroboration.same} inside`,
            corroboration.where.source,
          ),
        ]),
  ],
  sequence: ({ first, then, by, same, different, until, within }) => [
    code("First", first.source),
    code("Then, an exception", then.source),
    plain("Within one", chainOf(by)),
    ...(same.length === 0 ? [] : [plain("With the same", same.join(", "))]),
    ...(different.length === 0 ? [] : [plain("With another", different.join(", "))]),
    ...(until === undefined ? [] : [code("Until", until.source)]),
    plain("At most apart", within === undefined ? "any time" : spanInWords(within)),
  ],
  run: ({ by, brokenBy, atLeast }) => [
    plain("Within one", chainOf(by)),
    code("Broken by", brokenBy.source),
    plain("Exceptions", `entries of runs of ${formatCount(atLeast)} or more`),
  ],
  rate: ({ by, same, window, atLeast, distinct }) => [
    ...(by.length === 0 ? [] : [plain("Within one", chainOf(by))]),
    ...(same.length === 0 ? [] : [plain("With the same", same.join(", "))]),
    plain(
      "Exceptions",
      `entries of any ${spanInWords(window)} with ${formatCount(atLeast)} or more` +
        (distinct === undefined ? "" : ` different ${distinct}`),
    ),
  ],
  percentile: ({ to, same, percentile, within }) => [
    code("Until the next", to.source),
    ...(same.length === 0 ? [] : [plain("With the same", same.join(", "))]),
    plain("Measures", `the ${percentile}th percentile of the time in between`),
    plain("Exceptions", `entries that none follows within ${spanInWords(within)}`),
  ],
  delegation: () => [
    plain(
      "Exceptions",
      "delegated actions whose delegator did not act before in the same chain, one step higher",
    ),
  ],
  "policy-lint": ({ codes }) => [plain("Exceptions", `findings of ${codes.join(", ")}`)],
  "policy-replay": () => [
    plain("Exceptions", "actions that the policy, asked again, decides otherwise than recorded"),
  ],
};

function populationOf({ kind, population }: Measure): WordedPart {
  if (kind === "policy-lint") return plain("Over", "the policy's rules and defaults");
  const condition = oneLine(population.source);
  return condition === "true" ? plain("Over", "all entries") : code("Over entries", condition);
}

function chainOf(fields: readonly string[]): string {
  const [first = "the log", ...others] = fields;
  return others.length === 0 ? first : `${first} (${others.join(", then ")} where it is missing)`;
}

const UNITS = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

/**
 * A span in its largest whole unit: `90 days`, `10 minutes`, `1.5 seconds`.
 *
 * @param span in microseconds
 */
export function spanInWords(span: number): string {
  const seconds = span / MICROSECONDS_PER_SECOND;
  const [length, unit] = UNITS.find(([size]) => seconds % size === 0) ?? [1, "second"];
  const count = seconds / length;
  return `${formatCount(count)} ${unit}${count === 1 ? "" : "s"}`;
}

function plain(label: string, text: string): WordedPart {
  return { label, text };
}

function code(label: string, source: string): WordedPart {
  return { label, text: oneLine(source), code: true };
}

function oneLine(source: string): string {
  return source.trim().replaceAll(/\s+/g, " ");
}

function upper(result: string): string {
  return result.toUpperCase().replaceAll("_", " ");
}
