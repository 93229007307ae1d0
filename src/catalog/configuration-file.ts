// A user's configuration: own definitions and limits, inputs beside the log, what is said to
// frameworks, and how reports present the organisation.

import { dirname, resolve } from "node:path";
import type { LimitBasis, Limits } from "../model/measure.ts";
import type { Override } from "../model/report.ts";
import { loadCatalog } from "./catalog.ts";
import type { Catalog, ResolvedFramework } from "./catalog.ts";
import type { Configuration, FrameworkSettings } from "./configuration.ts";
import { checkForm } from "./file-schema.ts";
import { checkGiven } from "./framework/questions.ts";
import { inputsAt } from "./inputs/inputs.ts";
import { limitsInOneLine, measureLimitsOf } from "./measure-limits.ts";
import type { MeasureLimitFile } from "./measure-limits.ts";
import { overriddenDefinitions } from "./overridden-definitions.ts";
import type { OwnDefinition } from "./overridden-definitions.ts";
import { presentationAt } from "./presentation.ts";
import type { PresentationFile } from "./presentation.ts";
import { didYouMean } from "./suggestion.ts";
import { parseYamlFile } from "./yaml-file.ts";
import type { FileSource, Path, YamlFile } from "./yaml-file.ts";

/** A configuration as the schema lets it through. */
interface ConfigurationFile {
  readonly definitions?: Readonly<Record<string, OwnDefinition>>;
  readonly limits?: Readonly<Record<string, OwnLimits>>;
  readonly inputs?: object;
  readonly frameworks?: Readonly<Record<string, FrameworkSettingsFile>>;
  readonly presentation?: PresentationFile;
}

interface OwnLimits {
  readonly reason: string;
  readonly basis?: LimitBasis;
  readonly limits: readonly MeasureLimitFile[];
}

interface FrameworkSettingsFile {
  /** File of a framework that is not on the shelf. */
  readonly file?: string;
  readonly answers?: Readonly<Record<string, string | readonly string[]>>;
  readonly not_applicable?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, Readonly<Record<string, OwnLimits>>>>;
}

/**
 * Reads and checks a configuration and the files that it names.
 *
 * @param catalog whose definitions, measures and frameworks it speaks of
 * @throws ComplianceError `unreadable-source` for a file that cannot be read, `invalid-catalog`
 *   with file, line and reason
 */
export function loadConfiguration(
  source: FileSource,
  catalog: Catalog = loadCatalog(),
): Configuration {
  const yaml = parseYamlFile(source);
  checkForm(yaml, "configuration");
  const written = yaml.value as ConfigurationFile;
  const definitions =
    written.definitions === undefined
      ? undefined
      : overriddenDefinitions(catalog.definitions(), yaml, ["definitions"], written.definitions);
  const limits = limitsOf(yaml, written.limits ?? {}, catalog);
  const { inputs, given } =
    written.inputs === undefined
      ? { inputs: {}, given: [] }
      : inputsAt(yaml, ["inputs"], written.inputs, { files: "beside" });
  return {
    ...(yaml.file === undefined ? {} : { file: yaml.file }),
    digest: yaml.digest,
    ...(definitions === undefined ? {} : { definitions }),
    limits,
    overrides: inOrder(written, {
      definitions: definitionOverrides(written.definitions ?? {}, catalog),
      limits: limitOverrides(limits, catalog),
    }),
    inputs,
    given,
    frameworks: new Map(
      Object.entries(written.frameworks ?? {}).map(([id, settings]) => [
        id,
        settingsOf(yaml, ["frameworks", id], settings, catalog),
      ]),
    ),
    ...(written.presentation === undefined
      ? {}
      : { presentation: presentationAt(yaml, ["presentation"], written.presentation) }),
  };
}

function limitsOf(
  yaml: YamlFile,
  own: Readonly<Record<string, OwnLimits>>,
  catalog: Catalog,
): Map<string, Limits> {
  return new Map(
    Object.entries(own).map(([id, { reason, basis = OWNERS, limits }]) => {
      const path = ["limits", id];
      checkName(yaml, path, id, catalog.everyMeasureId, "measure");
      const measure = catalog.askedMeasure(id);
      if (measure.limits === undefined) {
        throw yaml.refuse(path, `the measure ${id} has no limits of its own to replace`, {
          atKey: true,
          hint: "Its limits stand in the frameworks that ask it.",
        });
      }
      const of = measureLimitsOf(yaml, [...path, "limits"], limits, measure);
      return [id, { basis, reason, of }];
    }),
  );
}

/** What an owner sets without saying where it comes from. */
const OWNERS: LimitBasis = "owner";

function definitionOverrides(
  own: Readonly<Record<string, OwnDefinition>>,
  catalog: Catalog,
): Override[] {
  const { definitions } = catalog.definitions();
  return Object.entries(own).map(([name, { cel, reason }]) => ({
    kind: "definition",
    name,
    from: definitions.get(name)?.source.trim() ?? "",
    to: cel.trim(),
    reason,
  }));
}

function limitOverrides(limits: ReadonlyMap<string, Limits>, catalog: Catalog): Override[] {
  return [...limits].map(([name, own]) => {
    const packaged = catalog.askedMeasure(name).limits;
    return {
      kind: "limits",
      name,
      from: packaged === undefined ? "" : limitsInOneLine(packaged),
      to: limitsInOneLine(own),
      reason: own.reason,
    };
  });
}

function inOrder(
  written: ConfigurationFile,
  overrides: Readonly<Record<"definitions" | "limits", readonly Override[]>>,
): Override[] {
  return Object.keys(written).flatMap((key) =>
    key === "definitions" || key === "limits" ? overrides[key] : [],
  );
}

function settingsOf(
  yaml: YamlFile,
  path: Path,
  { file, answers = {}, not_applicable: notApplicable = {}, limits = {} }: FrameworkSettingsFile,
  catalog: Catalog,
): FrameworkSettings {
  const id = String(path.at(-1));
  const resolved = frameworkAt(yaml, path, file, catalog);
  const { framework } = resolved;
  if (framework.scoring === "points") {
    throw yaml.refuse(path, `the framework ${id} has no questions and no exclusions`, {
      atKey: true,
      hint: "Only weighted frameworks have.",
    });
  }
  const given = Object.entries(answers).map(([question, answer]) => {
    const list = typeof answer === "string" ? [answer] : answer;
    checkGiven(yaml, [...path, "answers", question], question, list, framework.questions);
    return [question, list] as const;
  });
  const criteria = framework.criteria.map((criterion) => criterion.id);
  for (const criterion of Object.keys(notApplicable)) {
    checkName(yaml, [...path, "not_applicable", criterion], criterion, criteria, "criterion");
  }
  return {
    answers: Object.fromEntries(given),
    notApplicable,
    ...criterionLimits(yaml, [...path, "limits"], limits, resolved),
  };
}

/** Limits of single criteria, for measures that these ask. */
function criterionLimits(
  yaml: YamlFile,
  path: Path,
  written: NonNullable<FrameworkSettingsFile["limits"]>,
  { framework, measures }: ResolvedFramework,
): Pick<FrameworkSettings, "limits" | "overrides"> {
  const overrides: Override[] = [];
  const criteria = framework.scoring === "weighted" ? framework.criteria : [];
  const limits = Object.entries(written).map(([id, byMeasure]) => {
    checkName(
      yaml,
      [...path, id],
      id,
      criteria.map((criterion) => criterion.id),
      "criterion",
    );
    const criterion = criteria.find((one) => one.id === id);
    const asked = [...(criterion?.decisive ?? []), ...(criterion?.supporting ?? [])];
    const own = Object.entries(byMeasure).map(([name, { reason, basis = OWNERS, limits: of }]) => {
      checkName(
        yaml,
        [...path, id, name],
        name,
        asked.map(({ measure }) => measure),
        "measure",
      );
      const measure = measures.find((one) => one.id === name);
      const before = asked.find((one) => one.measure === name)?.limits ?? measure?.limits;
      const after: Limits = {
        basis,
        reason,
        of:
          measure === undefined
            ? []
            : measureLimitsOf(yaml, [...path, id, name, "limits"], of, measure),
      };
      overrides.push({
        kind: "limits",
        name: `${name} (${id})`,
        from: before === undefined ? "" : limitsInOneLine(before),
        to: limitsInOneLine(after),
        reason,
      });
      return [name, after] as const;
    });
    return [id, new Map(own)] as const;
  });
  return { limits: new Map(limits), overrides };
}

/** The framework that a key names: on the shelf, or in a file beside the configuration. */
function frameworkAt(
  yaml: YamlFile,
  path: Path,
  file: string | undefined,
  catalog: Catalog,
): ResolvedFramework {
  const id = String(path.at(-1));
  if (file === undefined) {
    checkName(yaml, path, id, catalog.frameworkIds, "framework", OWN_FRAMEWORK_HINT);
    return catalog.framework(id);
  }
  const resolved = catalog.loadFramework(resolve(dirname(yaml.file ?? ""), file));
  const found = resolved.framework.id;
  if (found === id) return resolved;
  throw yaml.refuse([...path, "file"], `expected the framework ${id}, but it is ${found}`);
}

const OWN_FRAMEWORK_HINT = "Name the file of a framework of your own under file.";

function checkName(
  yaml: YamlFile,
  path: Path,
  name: string,
  known: readonly string[],
  of: "measure" | "framework" | "criterion",
  otherwise = `Known: ${known.join(", ")}.`,
): void {
  if (known.includes(name)) return;
  throw yaml.refuse(path, `no ${of} is called "${name}"`, {
    atKey: true,
    hint: didYouMean(name, known) ?? otherwise,
  });
}
