// Search and filters: the choice of results and severities that are shown.

import type { Result } from "../../model/result.ts";
import type { Block, Entry, Outline, Section } from "../outline/document.ts";
import { resultBadge, severityMark } from "./line.ts";
import { markup, NOTHING } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { RESULT_SIGNS, SEVERITY_SIGNS } from "../words/signs.ts";
import type { AnySeverity } from "../words/signs.ts";

/** The controls of a report; only those results and severities are offered that it has. */
export function choices({ controls, opening, sections }: Outline): Markup {
  const entries = [opening, ...allBlocks(sections)].flatMap(entriesOf);
  if (entries.length === 0) return NOTHING;
  const results = (Object.keys(RESULT_SIGNS) as Result[]).map((result) => ({
    id: `result-${result}`,
    label: resultBadge(result, controls.results[result]),
    amount: entries.filter((entry) => entry.result === result).length,
  }));
  const severities = (Object.keys(SEVERITY_SIGNS) as AnySeverity[]).map((severity) => ({
    id: `severity-${severity}`,
    label: severityMark(severity, controls.severities[severity]),
    amount: entries.filter((entry) => entry.severity === severity).length,
  }));
  return markup`<div class="ui" role="search" aria-label="${controls.search}">
<div data-script hidden><label class="named" for="ui-search">${controls.search}</label>
<input type="search" id="ui-search" placeholder="${controls.searchHint}" autocomplete="off" spellcheck="false">
<p role="status" id="ui-found" data-found="${controls.found}"></p></div>
${choice(controls.show, results)}${choice(controls.severity, severities)}<p class="left-out">${controls.hidden}</p>
<div class="buttons" data-script hidden><button type="button" data-do="expand">${controls.expandAll}</button><button type="button" data-do="collapse">${controls.collapseAll}</button></div>
</div>
`;
}

interface Option {
  readonly id: string;
  readonly label: Markup;
  readonly amount: number;
}

function choice(legend: string, options: readonly Option[]): Markup {
  const offered = options.filter(({ amount }) => amount > 0);
  if (offered.length === 0) return NOTHING;
  return markup`<fieldset><legend>${legend}</legend>
<div>
${offered.map(option)}</div>
</fieldset>
`;
}

function option({ id, label, amount }: Option): Markup {
  return markup`<label><input type="checkbox" id="ui-${id}" checked autocomplete="off">${label}<span class="amount">${amount}</span></label>\n`;
}

function allBlocks(sections: readonly Section[]): (readonly Block[])[] {
  return sections.flatMap(({ blocks: own, sections: inner }) => [own, ...allBlocks(inner)]);
}

function entriesOf(of: readonly Block[]): Entry[] {
  return of.flatMap((block) => (block.kind === "entry" ? [block, ...entriesOf(block.blocks)] : []));
}
