// What a user's configuration comes to.

import type { Inputs } from "../model/inputs.ts";
import type { Limits } from "../model/measure.ts";
import type { Override, Presentation } from "../model/report.ts";
import type { LoadedDefinitions } from "./definitions-file.ts";
import type { GivenInput } from "./inputs/inputs.ts";

/** What is said to one framework. */
export interface FrameworkSettings {
  /** Answers to its questions, by their ids. */
  readonly answers: Readonly<Record<string, readonly string[]>>;
  /** Reasons by the id of the criterion that does not apply. */
  readonly notApplicable: Readonly<Record<string, string>>;
  /** Limits instead of those with which a criterion asks a measure: by criterion, then measure. */
  readonly limits: ReadonlyMap<string, ReadonlyMap<string, Limits>>;
  /** Those limits, as a report states them. */
  readonly overrides: readonly Override[];
}

/** A checked configuration. */
export interface Configuration {
  /** Path or name, as it was given; absent for text without one. */
  readonly file?: string;
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
  /** All definitions, with the user's own among them; absent when none is replaced. */
  readonly definitions?: LoadedDefinitions;
  /** Limits instead of a measure's own, by its id. */
  readonly limits: ReadonlyMap<string, Limits>;
  /** Definitions and limits that are replaced wherever they are used, in the order of the file. */
  readonly overrides: readonly Override[];
  readonly inputs: Inputs;
  /** The inputs that are given, in the order of {@link Inputs}. */
  readonly given: readonly GivenInput[];
  /** By the framework's id. */
  readonly frameworks: ReadonlyMap<string, FrameworkSettings>;
  /** What the organisation adds to its reports; absent when it adds nothing. */
  readonly presentation?: Presentation;
}

/** Name of the file that is taken when none is named. */
export const CONFIGURATION_FILE = "aegis-compliance.yaml";
