// What the files of both kinds of frameworks have in common.

import type { Framework, NotAssessed } from "../../model/framework.ts";
import type { YamlFile } from "../yaml-file.ts";

/** The keys at the top, as the schema lets them through. */
export interface FrameworkHead {
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly source: string;
  readonly text_policy: string;
}

export interface NotAssessedFile {
  readonly criterion: string;
  readonly why: string;
  readonly ask_for: string;
  readonly count?: number;
}

/** The same in the model's words. */
export function headOf(
  yaml: YamlFile,
  written: FrameworkHead,
): Pick<Framework, "id" | "title" | "edition" | "publisher" | "source" | "textPolicy" | "digest"> {
  return {
    id: written.id,
    title: written.title,
    edition: written.edition,
    publisher: written.publisher,
    source: written.source,
    textPolicy: written.text_policy,
    digest: yaml.digest,
  };
}

export function notAssessedOf({ criterion, why, ask_for, count }: NotAssessedFile): NotAssessed {
  return { criterion, why, askFor: ask_for, ...(count === undefined ? {} : { count }) };
}

/**
 * Refuses a criterion that stands twice.
 *
 * @throws ComplianceError `invalid-catalog`
 */
export function checkIdsOnce(yaml: YamlFile, criteria: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of criteria.entries()) {
    if (seen.has(id)) {
      throw yaml.refuse(["criteria", index, "id"], `the criterion "${id}" stands twice`);
    }
    seen.add(id);
  }
}
