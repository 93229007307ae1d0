// Holds a mapping to a fixture file.

import { parseYamlFile } from "./catalog/yaml-file.ts";
import { checkFixture, fixtureIn } from "./intake/fixture.ts";
import type { Mapping } from "./model/mapping.ts";

/**
 * Runs the log in a fixture through the mapping.
 *
 * @param path a YAML file with `format`, `input` and `expect`
 * @returns each difference from what the fixture states, in a sentence; none when all is well
 * @throws ComplianceError `unreadable-source`, or `invalid-catalog` when it is no fixture
 */
export async function testFixture(mapping: Mapping, path: string): Promise<readonly string[]> {
  return checkFixture(mapping, fixtureIn(parseYamlFile(path).value, path));
}
