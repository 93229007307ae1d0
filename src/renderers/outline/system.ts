// The system under review: what the log shows of it, what the organisation says of it, and the
// policy that decides.

import type { ActivityCounts, AgentActivity } from "../../model/activity.ts";
import { notice, paragraph, section, table } from "./blocks.ts";
import type { Block, Line, Section } from "./document.ts";
import { keyLine } from "./evidence-tables.ts";
import { plain } from "./lines.ts";
import { policy } from "./policy.ts";
import type { Telling } from "./telling.ts";

/** Agents and types of action, the organisation's own sections, the policy. */
export function system(telling: Telling): Section | undefined {
  const { report, words } = telling;
  const say = words.record.system;
  return section(
    "system",
    say.title,
    [paragraph(plain(say.introduction)), ...agents(telling), ...actionTypes(telling)],
    [
      ...(report.presentation?.sections ?? []).map(({ title, paragraphs }, index) =>
        section(`system-own-${index + 1}`, title, [
          notice("plain", plain(say.ownWords)),
          ...paragraphs.map((text) => paragraph(plain(text))),
        ]),
      ),
      policy(telling),
    ],
  );
}

function agents(telling: Telling): readonly (Block | undefined)[] {
  const { report, words, numbers } = telling;
  const { agents: all, others } = report.activity;
  const say = words.record.system;
  const count = (amount: ActivityCounts["entries"]): Line => plain(numbers.count(amount));
  const time = (at: AgentActivity["first"]): Line =>
    plain(at === undefined ? "" : numbers.time(at));
  return [
    table(
      { shown: say.agents },
      [
        say.agent,
        { right: say.entries },
        { right: say.low },
        { right: say.medium },
        { right: say.high },
        { right: say.critical },
        { right: say.unrated },
        say.first,
        say.last,
      ],
      all.map((one) => [
        keyLine(one.agent, telling),
        count(one.entries),
        count(one.low),
        count(one.medium),
        count(one.high),
        count(one.critical),
        count(one.unrated),
        time(one.first),
        time(one.last),
      ]),
      all.length + (others?.agents ?? 0),
    ),
    others === undefined
      ? undefined
      : paragraph(plain(say.otherAgents(others.agents, others.entries))),
  ];
}

function actionTypes(telling: Telling): readonly (Block | undefined)[] {
  const { report, words, numbers } = telling;
  const { actionTypes: all, otherTypes } = report.activity;
  const say = words.record.system;
  return [
    table(
      { shown: say.actionTypes },
      [say.actionType, { right: say.entries }],
      all.map(({ type, entries }) => [keyLine(type, telling), plain(numbers.count(entries))]),
      all.length + (otherTypes?.types ?? 0),
    ),
    otherTypes === undefined
      ? undefined
      : paragraph(plain(say.otherTypes(otherTypes.types, otherTypes.entries))),
  ];
}
