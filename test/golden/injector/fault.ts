// What a planted fault is, and what its measure must say of it.

import type { Test } from "../../../src/model/finding.ts";
import type { Draft } from "./office-log.ts";
import type { Scene } from "./scene.ts";

/** What a fault leaves behind for its measure to find. */
export interface Trace {
  /** All entries that the measure must count as exceptions; of a gap, those before and after it. */
  readonly entries?: readonly Draft[];
  /** Rules of the policy. */
  readonly rules?: readonly string[];
  /** Values that must be among the groups. */
  readonly groups?: readonly string[];
  /** Numbers of the observation. */
  readonly numbers?: Readonly<Record<string, number>>;
}

export interface Fault {
  /** 1 to 47 in the order of the catalogue, with a letter for further conditions of a measure. */
  readonly number: string;
  readonly what: string;
  /** Id of the measure that must flag it. */
  readonly measure: string;
  readonly result: Extract<Test["result"], "warn" | "fail">;
  readonly plant: (scene: Scene) => Trace;
}
