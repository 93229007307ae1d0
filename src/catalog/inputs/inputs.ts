// What the log cannot hold, as a user writes it.

import { basename } from "node:path";
import type { Inputs } from "../../model/inputs.ts";
import type { InputStatement } from "../../model/report.ts";
import { ComplianceError } from "../../model/error.ts";
import { formatCount } from "../../model/figures.ts";
import { formatInstant } from "../../model/instant.ts";
import { durationAt } from "../duration.ts";
import { didYouMean } from "../suggestion.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { instantAt } from "./instant.ts";
import {
  HOSTS_FORM,
  INCIDENTS_FORM,
  ROSTER_FORM,
  agentsIn,
  hostsIn,
  incidentsIn,
} from "./lists.ts";
import { rowsAt } from "./rows.ts";
import type { RowForm } from "./row.ts";
import type { Rows } from "./rows.ts";

/** An input that was given, as reports state it. */
export type GivenInput = Omit<InputStatement, "given" | "measures">;

/** Inputs, and how each was given. */
export interface ReadInputs {
  readonly inputs: Inputs;
  readonly given: readonly GivenInput[];
}

const KEYS = ["roster", "allow_list", "deployed_since", "recovery_time", "incidents"] as const;
type Key = (typeof KEYS)[number];

/**
 * Reads the inputs at a path: a mapping with any of `roster`, `allow_list`, `deployed_since`,
 * `recovery_time` and `incidents`.
 *
 * @param files whether lists may stand in files of their own
 * @throws ComplianceError `unreadable-source` for a file that cannot be read, `invalid-catalog`
 *   with file, line and reason
 */
export function inputsAt(
  yaml: YamlFile,
  path: Path,
  value: unknown,
  { files }: Pick<RowForm, "files">,
): ReadInputs {
  const written = mappingAt(yaml, path, value);
  const given: GivenInput[] = [];
  const inputs: { -readonly [Name in keyof Inputs]: Inputs[Name] } = {};
  const state = (name: GivenInput["name"], holds: string, { source, sha256 }: Partial<Rows>) => {
    given.push({
      name,
      source: source ?? (yaml.file === undefined ? "the configuration" : basename(yaml.file)),
      sha256: sha256 ?? yaml.digest,
      holds,
    });
  };
  const textAt = (key: Key): string => {
    const text = written[key];
    if (typeof text === "string") return text;
    throw yaml.refuse([...path, key], `expected "${key}" to be text`, {
      hint: "Put the value in quotes.",
    });
  };
  for (const key of KEYS) {
    const here = [...path, key];
    const rows = (form: Omit<RowForm, "files">) =>
      rowsAt(yaml, here, written[key], { ...form, files });
    if (written[key] === undefined) continue;
    switch (key) {
      case "roster": {
        const list = rows(ROSTER_FORM);
        inputs.roster = agentsIn(list.rows);
        state("roster", counted(inputs.roster, "agent"), list);
        break;
      }
      case "allow_list": {
        const list = rows(HOSTS_FORM);
        inputs.allowList = hostsIn(list.rows);
        state("allow-list", counted(inputs.allowList, "host"), list);
        break;
      }
      case "deployed_since":
        inputs.deployedSince = instantAt(yaml, here, textAt(key));
        state("deployed-since", formatInstant(inputs.deployedSince), {});
        break;
      case "recovery_time":
        inputs.recoveryTime = durationAt(yaml, here, textAt(key));
        state("recovery-time", textAt(key), {});
        break;
      case "incidents": {
        const list = rows(INCIDENTS_FORM);
        inputs.incidents = incidentsIn(list.rows);
        state("incidents", counted(inputs.incidents, "incident"), list);
        break;
      }
    }
  }
  return { inputs, given };
}

/**
 * The inputs of an example that has been checked before.
 *
 * @throws ComplianceError `invalid-catalog` when it has not
 */
export function inputsOf(value: unknown): Inputs {
  const nowhere: YamlFile = {
    file: undefined,
    value,
    digest: "",
    lineOf: () => undefined,
    refuse: (path, reason) =>
      new ComplianceError("invalid-catalog", `${path.join(".")}: ${reason}`),
  };
  return value === undefined ? {} : inputsAt(nowhere, [], value, { files: "none" }).inputs;
}

function mappingAt(
  yaml: YamlFile,
  path: Path,
  value: unknown,
): Readonly<Partial<Record<string, unknown>>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw yaml.refuse(path, "expected a mapping of inputs", {
      hint: `Known inputs: ${KEYS.join(", ")}.`,
    });
  }
  for (const key of Object.keys(value)) {
    if (KEYS.some((known) => known === key)) continue;
    throw yaml.refuse([...path, key], `unknown input "${key}"`, {
      atKey: true,
      hint: didYouMean(key, KEYS) ?? `Known inputs: ${KEYS.join(", ")}.`,
    });
  }
  return value as Readonly<Partial<Record<string, unknown>>>;
}

function counted(items: readonly unknown[], noun: string): string {
  return `${formatCount(items.length)} ${noun}${items.length === 1 ? "" : "s"}`;
}
