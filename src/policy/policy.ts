// A policy: ordered rules that decide, for each action of an agent, whether it runs (auto),
// a human is asked first (approve), or it does not run (block).

import type { PolicyLintFinding } from "../model/report.ts";
import type { Action, Decision } from "./decision.ts";
import { checkAction, compilePolicy, readNow } from "./evaluate.ts";
import type { Decide } from "./evaluate.ts";
import { DEFAULT_LANGUAGE, languageOf } from "../languages/languages.ts";
import { lintPolicy } from "./lint/lint.ts";
import { loadFile, loadText, loadValue } from "./load.ts";
import type { LoadedPolicy } from "./load.ts";
import type { PlanRules, PolicyDefaults, PolicyRule } from "./rule.ts";

/** What a decision needs besides the action. */
export interface EvaluateOptions {
  /**
   * The time that time windows and weekdays are asked about. A Date, or ISO 8601 text, which
   * keeps its microseconds; without an offset it is UTC. It has no default: a decision about
   * a logged action is about the time of the log.
   */
  readonly now: Date | string;
}

/** A checked policy. It never changes. */
export class Policy {
  readonly #loaded: LoadedPolicy;
  readonly #decide: Decide;
  readonly #findings = new Map<string, readonly PolicyLintFinding[]>();

  private constructor(loaded: LoadedPolicy) {
    this.#loaded = loaded;
    this.#decide = compilePolicy(loaded.document);
  }

  /**
   * Reads a policy file. An empty file is a policy without rules, which blocks everything.
   *
   * @throws ComplianceError `unreadable-source` when the file cannot be read;
   * `invalid-policy` when it could mean something else than its author thinks: unknown keys
   * and conditions, duplicate keys, values of the wrong type, times that are none, regular
   * expressions that cannot match. All mistakes are named at once, each with its line.
   */
  static fromYaml(path: string): Policy {
    return new Policy(loadFile(path));
  }

  /**
   * Reads a policy from YAML (or JSON) text. `file` is the name that errors give.
   *
   * @throws ComplianceError `invalid-policy`, as {@link Policy.fromYaml}
   */
  static parse(text: string, options: { readonly file?: string } = {}): Policy {
    return new Policy(loadText(text, options.file));
  }

  /**
   * Reads a policy from a plain object of the same shape as the file. The object is copied.
   *
   * @throws ComplianceError `invalid-policy`, as {@link Policy.fromYaml}, with paths instead of lines
   */
  static fromDict(value: unknown): Policy {
    return new Policy(loadValue(value));
  }

  /** Version of the format; 1 when it is not stated. */
  get version(): 1 | 2 {
    return this.#loaded.document.version;
  }

  /** What the policy is for: `global` when it is not stated. Plays no part in decisions. */
  get scope(): string {
    return this.#loaded.document.scope;
  }

  /** Which one of its scope, for example a team's name; "" when it is not stated. */
  get scopeId(): string {
    return this.#loaded.document.scopeId;
  }

  /** What applies when no rule matches: block and MEDIUM where it is not stated. */
  get defaults(): PolicyDefaults {
    return this.#loaded.document.defaults;
  }

  /** In the order in which they are tried. */
  get rules(): readonly PolicyRule[] {
    return this.#loaded.document.rules;
  }

  /** Rules over whole plans. They are checked and kept; `evaluate`, which sees one action, does not ask them. */
  get planRules(): PlanRules {
    return this.#loaded.document.planRules;
  }

  /** SHA-256 in lower-case hex: of the file's bytes, of the text's UTF-8, or of the object's canonical JSON (RFC 8785). */
  get digest(): string {
    return this.#loaded.digest;
  }

  /**
   * Decides one action. The first rule whose globs match and whose conditions all hold
   * decides, else the defaults.
   *
   * - An action without agent has an empty agent: `*` matches it, `?` and `ops-*` do not.
   * - A missing or null parameter satisfies no condition.
   * - A parameter of a type that a condition cannot compare (text beside a number) fails
   *   closed: the action gets the strictest of what the rule in doubt and the rest of the
   *   policy say, so that it cannot slip past a stricter rule by changing a type.
   * - Plan rules are not asked.
   *
   * @throws ComplianceError `invalid-action` when type or target is no text or another part
   * has the wrong type; `invalid-option` when `now` is no instant
   */
  evaluate(action: Action, options: EvaluateOptions): Decision {
    checkAction(action);
    return this.#decide(action, readNow(options));
  }

  /**
   * What is weak in the policy, without any log: rules that are never reached or only in
   * part, blocks behind more permissive rules, HIGH and CRITICAL on auto, permissive or
   * unstated defaults, names used twice, windows outside which nothing is stricter. In the
   * order of the rules, findings about the defaults first.
   *
   * @param language of the messages and suggestions: `en` (the default) or `de`
   * @throws ComplianceError `invalid-option` when there is no such language
   */
  lint(language = DEFAULT_LANGUAGE): readonly PolicyLintFinding[] {
    const found = this.#findings.get(language);
    if (found !== undefined) return found;
    const { policyLint } = languageOf(language);
    const findings = Object.freeze(lintPolicy(this.#loaded.document, policyLint));
    this.#findings.set(language, findings);
    return findings;
  }
}
