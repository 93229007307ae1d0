// German sentences about weaknesses of a policy. Its keys and verdicts stand as they are written.

import type {
  DayTimes,
  FallThrough,
  PolicyLintWords,
  TakenPart,
  Unreachable,
} from "../words/policy-lint.ts";
import { NUMBERS } from "./numbers.ts";

const { list } = NUMBERS;

const DAYS = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];

/** German. */
export const POLICY_LINT: PolicyLintWords = {
  defaultsNotStated: {
    message:
      "Die Vorgaben (defaults) sagen nicht, was mit Aktionen geschieht, auf die keine Regel passt. Hier werden sie blockiert; andere Programme, die dieses Format lesen, fragen womöglich nach einer Genehmigung.",
    suggestion: "Geben Sie defaults.approval an.",
  },
  permissiveDefault: (riskLevel) => ({
    message: `Aktionen, auf die keine Regel passt, laufen ohne Rückfrage (auto/${riskLevel}).`,
    suggestion: "Setzen Sie defaults.approval auf approve oder block.",
  }),
  approvalNotStated: (rule) => ({
    message: `${rule} sagt nicht, was zu tun ist; es gilt approve.`,
    suggestion: "Geben Sie ihr approval an.",
  }),
  elevatedAuto: (rule, riskLevel) => ({
    message: `${rule} lässt Aktionen der Stufe ${riskLevel} laufen, ohne einen Menschen zu fragen.`,
    suggestion:
      "Setzen Sie ihr approval auf approve oder block, oder ihre Risikostufe auf das, was zutrifft.",
  }),
  matchAllAuto: (rule) => ({
    message: `${rule} passt auf jede Aktion und lässt sie laufen, ohne einen Menschen zu fragen.`,
    suggestion: "Nennen Sie, wofür sie gedacht ist, und überlassen Sie den Rest den Vorgaben.",
  }),
  duplicateName: (rule, line) => ({
    message: `${rule} heißt auch ${line === undefined ? "eine frühere Regel" : `die Regel in Zeile ${line}`}, sodass ein Protokoll die beiden nicht unterscheiden kann.`,
    suggestion: "Geben Sie jeder Regel einen eigenen Namen.",
  }),
  unreachable: (rule, reason) => ({
    message: `${rule} entscheidet nie etwas: ${whyOf(reason)}.`,
    suggestion:
      reason.why === "taken"
        ? `Stellen Sie sie vor ${reason.by[0]}, oder entfernen Sie sie.`
        : "Berichtigen Sie ihr match und ihre Bedingungen, oder entfernen Sie sie.",
  }),
  partlyShadowed: (rule, taken, before) => ({
    message: `Zu ${rule} gelangt nie, worüber frühere Regeln entscheiden: ${list(taken.map(partOf))}.`,
    suggestion: `Stellen Sie sie vor ${before}, wenn sie zuerst gelten soll.`,
  }),
  shadowedBlock: (rule, wholly, taken, before) => ({
    message: `${rule} blockiert ${wholly ? "nichts" : "weniger, als sie sagt"}: ${list(taken.map((part) => `für ${partOf(part)} gilt ${part.verdict}`))}.`,
    suggestion: `Stellen Sie sie vor ${before}, sofern dies nicht als Ausnahme gemeint ist.`,
  }),
  windowFallsThrough: (rule, verdict, falls) => ({
    message: `Außerhalb des Zeitfensters von ${rule} (${verdict}) werden dieselben Aktionen nicht strenger behandelt: Sie fallen ${list(falls.map(fallOf))}.`,
    suggestion:
      "Ergänzen Sie eine strengere Regel für die übrigen Zeiten, oder entfernen Sie das Zeitfenster.",
  }),
};

function whyOf(reason: Unreachable): string {
  switch (reason.why) {
    case "glob-matches-nothing":
      return `kein Text passt auf das Muster ${reason.glob}`;
    case "no-time":
      return "vor 00:00 liegt keine Tageszeit";
    case "conditions-exclude-each-other":
      return "ihre Bedingungen schließen einander aus";
    case "taken":
      return reason.by.length === 1
        ? `${list(reason.by)} nimmt ihr alles, worauf sie passt`
        : `${list(reason.by)} nehmen ihr zusammen alles, worauf sie passt`;
  }
}

function partOf({ rule, globs, isConditional }: TakenPart): string {
  const actions = globs.length === 0 ? "jede Aktion" : globs.join(" und ");
  return `${actions}${isConditional ? ", wo ihre Bedingungen gelten" : ""} (${rule})`;
}

function fallOf({ week, rule, verdict }: FallThrough): string {
  const to = rule === undefined ? "an die Vorgaben" : `an ${rule}`;
  return `${week.map(timesOf).join(", ")} ${to} (${verdict})`;
}

function timesOf({ first, last, times }: DayTimes): string {
  const days = first === last ? DAYS[first - 1] : `${DAYS[first - 1]}–${DAYS[last - 1]}`;
  return `${days} ${times.join(" und ")}`;
}
