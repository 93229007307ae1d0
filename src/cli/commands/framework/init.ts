// Writes a framework to start from.

import { ComplianceError } from "../../../index.ts";
import { existing } from "../../existing.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { stoppable } from "../../stop.ts";
import { print } from "../../streams.ts";
import { writeFiles } from "../../write-files.ts";

export interface InitFlags {
  readonly scoring?: "points" | "weighted" | undefined;
}

/** @throws ComplianceError `invalid-option` for a name that is none, or a file that is there */
export async function runInit(
  name: string,
  { scoring = "points" }: InitFlags = {},
): Promise<ExitCode> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new ComplianceError("invalid-option", `${JSON.stringify(name)} is no id of a framework`, {
      hint: "Use small letters, digits and hyphens, such as house-rules.",
    });
  }
  const path = `${name}.yaml`;
  if (existing(path) !== undefined) {
    throw new ComplianceError("invalid-option", `${path} is there already`, {
      hint: "Choose another name; nothing was changed.",
    });
  }
  const content = (scoring === "points" ? pointsStarter : weightedStarter)(name);
  return stoppable(async () => {
    writeFiles([{ path, content }]);
    await print(
      `${path}\nTry it: aegis-compliance report --framework ${path}\n` +
        "Measures: aegis-compliance framework explain CC6.1 shows one at work\n",
    );
    return EXIT.fine;
  });
}

function pointsStarter(name: string): string {
  return `# Check it with: aegis-compliance framework lint ${name}.yaml
id: ${name} # equal to the file's name
title: ${name}
edition: "1"
publisher: Your organisation
source: This file.
text_policy: Our own words.
criteria_in_edition: 1 # how many demands it has in all, tested or not

criteria:
  - id: decided-by-a-rule
    title: Actions are decided by a rule that somebody wrote
    category: access_control
    measure: named-rule-coverage # of this package, or measures/<id>.yaml beside this file
    weight: 10 # its share of the score; 0 for a figure without a verdict
    # at_least: 20            fewer entries than this decide nothing
    limits: # the first whose condition holds; CEL over population, exceptions, part, share
      - result: pass
        when: share >= 0.95
        severity: info
        points: 0 # taken from the score
        description: A named rule decided {part} of {population:action} ({share}).
        recommendation: ""
      - result: fail
        severity: critical
        points: 10
        description: A named rule decided only {part} of {population:action} ({share}). See {first}.
        recommendation: Write a rule for the listed actions.
    empty: not-exercised # or not-recorded
    when_empty:
      description: No action is in scope.
      recommendation: Check the period and the log.

not_assessed: # what no agent log can show, so that nobody takes silence for a pass
  - criterion: Training
    why: People's training leaves no trace in an agent's log.
    ask_for: The register of trainings.
`;
}

function weightedStarter(name: string): string {
  return `# Check it with: aegis-compliance framework lint ${name}.yaml
id: ${name} # equal to the file's name
scoring: weighted # criteria by severity; no points to set
title: ${name}
edition: "1"
publisher: Your organisation
source: This file.
licence: Internal
text_use: own-words # or identifiers, official
text_policy: Our own words.
introduction: What this report of our rules is, and what it is not.
criteria_in_edition: 2 # how many demands it has in all, tested or not
reviewed: { on: 2026-01-01, stale_after_days: 365 }

criteria:
  - id: R1
    title: Nothing runs past a block or a gate
    category: access_control
    mode: tested # or disprove-only, where nothing found earns nothing; or figures
    severity: critical # weighs 10; high 7.5, medium 5, low 2.5
    shows: Whether an action ran that the policy blocked, or that waited for a human.
    not_shown: Actions outside the agents.
    decisive: # all must pass; frameworks and framework explain show what there is
      - block-bypass
      - measure: decision-capture # with limits of one's own
        basis: engineering-default
        limit_reason: Our queue is staffed around the clock.
        limits:
          - { result: fail, when: share < 0.95 }
          - { result: pass }
    supporting: [refusal-effectiveness] # a failure here turns a pass into a warning
    remedy: Enforce outside the agent's process, and fail closed.

not_assessed: # what no agent log can show, so that nobody takes silence for a pass
  - criterion: Training
    why: People's training leaves no trace in an agent's log.
    ask_for: The register of trainings.
`;
}
