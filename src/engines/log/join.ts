// Puts together what was found in the parts of a log.

import type { MappingAccount } from "../../intake/account.ts";
import { addCounts, noCounts } from "../../intake/counts.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import type { LogInput } from "../../model/population.ts";
import type { Part } from "./parts.ts";
import type { PartFound } from "./read-part.ts";

/** What was found in a part, without its fold. */
export type PartRead = Omit<PartFound, "state">;

/**
 * The inputs as if each had been read in one go.
 *
 * @param digests SHA-256 of the inputs that were read in ranges, by name
 */
export function joinedInputs(
  parts: readonly Part[],
  found: readonly PartRead[],
  digests: ReadonlyMap<string, string>,
): LogInput[] {
  const inputs: LogInput[] = [];
  for (const [part, { input }] of found.entries()) {
    const { index, input: planned } = parts[part] as Part;
    if (planned.range === undefined) {
      inputs[index] = input;
      continue;
    }
    const { name, kind, mapping, records = 0 } = input;
    const { bytes } = planned.file;
    const sha256 = digests.get(name);
    inputs[index] = {
      name,
      kind,
      ...(bytes === undefined ? {} : { bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(mapping === undefined ? {} : { mapping }),
      records: (inputs[index]?.records ?? 0) + records,
    };
  }
  return inputs;
}

/** One account for each mapping. */
export function joinedAccounts(
  inputs: readonly PlannedInput[],
  parts: readonly Part[],
  found: readonly PartRead[],
): MappingAccount[] {
  const mappings = new Set(inputs.map(({ mapping }) => mapping));
  return [...mappings].map((mapping) => {
    const counts = noCounts();
    for (const [part, read] of found.entries()) {
      if (parts[part]?.input.mapping === mapping) addCounts(counts, read.counts);
    }
    const read = inputs.filter((input) => input.mapping === mapping);
    return { mapping, inputs: read.length, counts };
  });
}

/** For each part, the lines of its file that stand before it. */
export function linesBeforeEach(parts: readonly Part[], found: readonly PartRead[]): number[] {
  let lines = 0;
  return parts.map(({ index }, part) => {
    lines = parts[part - 1]?.index === index ? lines + (found[part - 1]?.lines ?? 0) : 0;
    return lines;
  });
}
